package io.github.shmlens.php;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What each finding means, and what PHP does with a store that has it. What PHP 8.2 does was seen
/// on 8.2.36 (7.4 to 8.4 have the same code); hardened PHP is one with the bounds checks that
/// php-src took up after 8.4.24 and those of its pull request 23495.
///
/// All texts are whole sentences.
public enum Damage {
    TOO_SHORT(
            "too-short",
            "The segment has fewer bytes than the header of a store takes.",
            "shm_attach takes it for an empty store and writes a header of 40 bytes, beyond its end.",
            "shm_attach refuses: the segment is too small."),
    MAGIC(
            "magic",
            "This is no store, or its first bytes were overwritten.",
            "shm_attach takes it for blank and writes a fresh header over its first 40 bytes.",
            "The same."),
    START_BELOW_HEADER(
            "start-below-header",
            "The chain would begin inside the header, and none of its numbers is a slot.",
            "Takes header bytes for slots and finds none; with a negative start it dies (SIGSEGV).",
            Damage.REFUSES),
    START_NOT_40(
            "start-not-40",
            "PHP always begins the chain right behind the header, at 40.",
            "Follows the chain from where start says.",
            "The same, while start lies between 40 and total."),
    END_BEFORE_START(
            "end-before-start",
            "By these numbers there is no slot at all.",
            "Finds no slot; the next put writes at end, over slots or the header.",
            Damage.REFUSES),
    END_BEYOND_SEGMENT(
            "end-beyond-segment",
            "The chain is said to go on behind the last byte of the segment.",
            "Reads on behind the segment and may crash.",
            Damage.REFUSES),
    TOTAL_BEYOND_SEGMENT(
            "total-beyond-segment",
            "The store believes in more bytes than there are. PHP up to 8.4.24 leaves that when it"
                    + " makes a store in a segment that another program made smaller.",
            "Never reads total again; but free counts the missing bytes too, and a put that uses"
                    + " them writes behind the segment and kills PHP.",
            Damage.REFUSES),
    TOTAL_BELOW_END(
            "total-below-end",
            "The slots reach farther than the store is said to be long.",
            "Never reads total: works as if nothing were wrong.",
            Damage.REFUSES),
    FREE_NEGATIVE(
            "free-negative",
            "No store has less than nothing left.",
            "Every put fails with \"Not enough shared memory left\", and loses the value it was to"
                    + " replace.",
            Damage.REFUSES),
    FREE_TOO_LARGE(
            "free-too-large",
            "More room is promised than there is.",
            "A put that uses the promise writes behind the store, and may write behind the segment.",
            Damage.REFUSES),
    SUM_MISMATCH(
            "sum-mismatch",
            "end and free must add up to total. A writer that died half-way leaves this.",
            "Works; room that free does not count is lost, room that it counts twice is overwritten.",
            "Works while free is too small; refuses to attach when it is too large."),
    CHAIN_LEAVES_SEGMENT(
            "chain-leaves-segment",
            "The chain goes on where the segment, or the image, has no room for a slot.",
            "Reads on behind the segment and may crash.",
            "Stops there, or refuses to attach because end lies beyond the segment."),
    SLOT_HEADER_CROSSES_END(
            "slot-header-crosses-end",
            "end lies in the middle of a slot: a remove that was interrupted leaves this.",
            "Still finds the slot; the next put writes into the middle of it.",
            "Does not find the slot: fewer than 32 bytes are left before end."),
    DUPLICATE_KEY(
            "duplicate-key",
            "Two slots have one key; two writers without a lock leave this.",
            "Finds the first; removing it uncovers the second.",
            "The same."),
    LENGTH_NEGATIVE(
            "length-negative",
            "No value has a negative length.",
            "get says \"Variable data in shared memory is corrupted\" and gives false.",
            "The same."),
    LENGTH_BEYOND_END(
            "length-beyond-end",
            "The value is said to be longer than the rest of the store.",
            "Still reads the value: the reader stops at the value's own end.",
            "get says \"corrupted\" and gives false."),
    LENGTH_OVER_NEXT(
            "length-over-next",
            "The value is said to reach into the next slot; length or stride is wrong.",
            "Still reads a value that ends sooner; one that does not is \"corrupted\".",
            "The same."),
    PAYLOAD_EMPTY(
            "payload-empty",
            "There is no value. PHP up to 8.4 leaves that when serializing throws before it wrote"
                    + " anything.",
            "get says \"Variable data in shared memory is corrupted\" and gives false.",
            "The same; from 8.5 on such a put stores nothing."),
    PAYLOAD_INVALID(
            "payload-invalid",
            "The bytes are no complete serialize() text. PHP up to 8.4 leaves that when serializing"
                    + " throws half-way; other programs may have stored something else.",
            "get says \"Variable data in shared memory is corrupted\" and gives false.",
            "The same."),
    PAYLOAD_TRAILING(
            "payload-trailing",
            "Bytes are left behind the value.",
            "Reads the value and ignores the rest without a word.",
            "The same."),
    NEXT_NOT_POSITIVE(
            "next-not-positive",
            "The slot does not say where the next one begins.",
            "Finds this slot and none behind it. A remove of it removes nothing (or moves end up);"
                    + " a put stores a second one that get never finds.",
            "The same, but remove warns and gives false."),
    NEXT_BEYOND_END(
            "next-beyond-end",
            "The slot says that the next one begins behind the last.",
            "Finds this slot and none behind it. A remove of it makes end wrong and free too large.",
            "The same, but remove warns and gives false."),
    NEXT_UNALIGNED(
            "next-unaligned",
            "PHP steps by multiples of 8 only.",
            "Follows the step all the same.",
            "The same."),
    NEXT_NOT_CANONICAL(
            "next-not-canonical",
            "PHP gives a value of this length another stride; length or stride is wrong, or another"
                    + " program wrote the slot.",
            "Follows the step all the same.",
            "The same; but it does not find a last slot that has fewer than 8 spare bytes."),
    TORN(
            Problem.TORN,
            "A writer was at work in every look. Hold the semaphore of the scripts to get a whole"
                    + " one.",
            "Takes no lock by itself: what it reads at such a moment may be torn as well.",
            "The same; it may refuse to attach at such a moment.");

    private static final String REFUSES = "shm_attach refuses: \"segment header is corrupted\".";

    private static final Map<String, Damage> BY_CODE =
            Arrays.stream(values()).collect(Collectors.toMap(Damage::code, one -> one));

    private final String code;
    private final String meaning;
    private final String php;
    private final String hardenedPhp;

    Damage(String code, String meaning, String php, String hardenedPhp) {
        this.code = code;
        this.meaning = meaning;
        this.php = php;
        this.hardenedPhp = hardenedPhp;
    }

    /// Empty for a code that is not explained.
    public static Optional<Damage> of(Problem problem) {
        return Optional.ofNullable(BY_CODE.get(problem.code()));
    }

    /// As in [Problem#code()].
    public String code() {
        return code;
    }

    /// What is wrong, apart from the numbers at hand, which the problem's message has.
    public String meaning() {
        return meaning;
    }

    /// What PHP 8.2 does with such a store.
    public String php() {
        return php;
    }

    /// What hardened PHP does with it.
    public String hardenedPhp() {
        return hardenedPhp;
    }
}
