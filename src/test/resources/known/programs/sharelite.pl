# A value under IPC::ShareLite that needs three segments, until standard input ends. Prints the
# targets of the first and the last one.
use strict;
use warnings;
use IPC::ShareLite;
$| = 1;
my $share = IPC::ShareLite->new(-key => 'LENS', -create => 'yes', -destroy => 'yes', -size => 64)
    or die $!;
$share->store('first');
$share->store('The quick brown fox jumps over the lazy dog. ' x 3);
my $first = unpack 'l', pack 'l', shmget(unpack('l', 'LENS'), 0, 0);
print "id:$first\n";
my $head = '';
shmread($first, $head, 0, 4) or die $!;
print "next " . unpack('l', $head) . "\n";
print "version " . $share->version . "\n";
my $rest = <STDIN>;
