# An array under IPC::Shareable as JSON text, until standard input ends. Prints the target.
use strict;
use warnings;
use utf8;
use IPC::Shareable;
$| = 1;
my %options = (key => 'lensjson', create => 1, destroy => 1, size => 256, serializer => 'json');
tie my @shared, 'IPC::Shareable', {%options};
@shared = ('Grüße', 42, -1.5, undef, 'a "quoted" text');
my $knot = tied @shared;
print "id:" . $knot->seg->id . "\n";
my $rest = <STDIN>;
