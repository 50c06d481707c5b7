package io.github.shmlens.php;

import io.github.shmlens.source.EntryChain;

/// What stands around the bytes of a string, `s:40:"` and `";`, of a length with at most four
/// digits: then eight bytes hold the first part.
enum StringFrame implements EntryChain.Frame {
    SHORT;

    private static final int MOST_DIGITS = 4;

    private static final int TAG = 's' | ':' << Byte.SIZE;
    private static final int OPENING = ':' | '"' << Byte.SIZE;
    private static final long CLOSING = ('"' | (long) ';' << Byte.SIZE) << Long.SIZE - Short.SIZE;

    @Override
    public int before(long first, int contentBytes) {
        if ((first & 0xffff) != TAG) {
            return -1;
        }
        long rest = first >>> Short.SIZE;
        int length = 0;
        int digits = 0;
        while (digits < MOST_DIGITS) {
            int digit = (int) (rest & 0xff) - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            length = length * 10 + digit;
            digits++;
            rest >>>= Byte.SIZE;
        }
        int before = Short.BYTES + digits + Short.BYTES;
        boolean whole =
                digits > 0
                        && (rest & 0xffff) == OPENING
                        && contentBytes == before + length + Short.BYTES;
        return whole ? before : -1;
    }

    @Override
    public long last() {
        return CLOSING;
    }

    @Override
    public int lastBytes() {
        return Short.BYTES;
    }
}
