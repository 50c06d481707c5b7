# A hash under IPC::Shareable, until standard input ends. Prints the target.
use strict;
use warnings;
use IPC::Shareable;
$| = 1;
my %options = (key => 'lens', create => 1, destroy => 1, size => 1024);
tie my %shared, 'IPC::Shareable', {%options};
%shared = (name => 'Grace', count => 42);
my $knot = tied %shared;
print "id:" . $knot->seg->id . "\n";
my $rest = <STDIN>;
