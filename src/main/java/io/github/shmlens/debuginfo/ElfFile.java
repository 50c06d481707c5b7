package io.github.shmlens.debuginfo;

import io.github.shmlens.debuginfo.NoTypes.Why;
import io.github.shmlens.fields.Abi;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// As much of an ELF file as tells whether to ask a tool about it. Source: System V ABI, chapters 4
/// and 5 (elf.h); GDB's manual, "Debugging Information in Separate Files".
///
/// @param abi how its types are laid out
/// @param debugInfo whether it, or a separate file that belongs to it, says what types it has
record ElfFile(Abi abi, boolean debugInfo) {

    private static final int HEADER_BYTES = 64;
    private static final int MOST_SECTIONS = 1 << 16;
    private static final int MOST_NAME_BYTES = 1 << 20;
    private static final int MOST_NOTE_BYTES = 4096;

    private static final int MACHINE_386 = 3;
    private static final int MACHINE_X86_64 = 62;
    private static final int MACHINE_AARCH64 = 183;

    private static final Path SEPARATE = Path.of("/usr/lib/debug");

    /// A section by what its header says.
    private record Section(String name, long offset, long size) {}

    /// Reads headers alone.
    ///
    /// @throws NoTypes when it is no program of a processor that we know, or may not be read
    static ElfFile read(Path file) throws NoTypes, InterruptedException {
        if (!Files.isRegularFile(file) && Files.exists(file)) {
            throw new NoTypes(Why.NO_PROGRAM, file + " is no file of a program");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new Reader(file, channel).read();
        } catch (ClosedByInterruptException ended) {
            throw new InterruptedException();
        } catch (AccessDeniedException refused) {
            throw new NoTypes(
                    Why.NOT_PERMITTED,
                    "%s may not be read (EACCES): run this as its owner".formatted(file));
        } catch (NoSuchFileException none) {
            throw new NoTypes(Why.NO_PROGRAM, "there is no file " + file);
        } catch (IOException broken) {
            throw new NoTypes(
                    Why.NO_PROGRAM,
                    "%s could not be read: %s".formatted(file, broken.getMessage()));
        }
    }

    /// Numbers are those of a hostile file: what does not lie within it is not there.
    private static final class Reader {

        private final Path file;
        private final FileChannel channel;
        private boolean wide;

        private Reader(Path file, FileChannel channel) {
            this.file = file;
            this.channel = channel;
        }

        private ElfFile read() throws IOException, NoTypes {
            ByteBuffer header = bytes(0, HEADER_BYTES);
            if (header == null || header.getInt(0) != 0x464c_457f) {
                throw new NoTypes(Why.NO_PROGRAM, file + " is no program (it is no ELF file)");
            }
            wide = header.get(4) == 2;
            Abi abi = header.get(5) == 1 ? abi(header.getShort(18)) : null;
            if (abi == null) {
                throw new NoTypes(
                        Why.NO_PROGRAM,
                        "%s is a program for another processor than x86-64, aarch64 and i386"
                                .formatted(file));
            }
            for (Section section : sections(header)) {
                switch (section.name()) {
                    case ".debug_info", ".zdebug_info" -> {
                        return new ElfFile(abi, true);
                    }
                    case ".gnu_debuglink", ".note.gnu.build-id" -> {
                        if (separate(section)) {
                            return new ElfFile(abi, true);
                        }
                    }
                    default -> {}
                }
            }
            return new ElfFile(abi, false);
        }

        private @Nullable Abi abi(int machine) {
            return switch (machine) {
                case MACHINE_X86_64 -> wide ? Abi.X86_64 : null;
                case MACHINE_AARCH64 -> wide ? Abi.AARCH64 : null;
                case MACHINE_386 -> Abi.I386;
                default -> null;
            };
        }

        private List<Section> sections(ByteBuffer header) throws IOException {
            long table = wide ? header.getLong(40) : Integer.toUnsignedLong(header.getInt(32));
            int each = Short.toUnsignedInt(header.getShort(wide ? 58 : 46));
            long count = Short.toUnsignedInt(header.getShort(wide ? 60 : 48));
            long names = Short.toUnsignedInt(header.getShort(wide ? 62 : 50));
            if (each < (wide ? 64 : 40) || table <= 0) {
                return List.of();
            }
            ByteBuffer first = bytes(table, each);
            if (first == null) {
                return List.of();
            }
            // Where there are too many for 16 bits, the first header has the numbers.
            count = count == 0 ? word(first, wide ? 32 : 20) : count;
            names = names == 0xffff ? Integer.toUnsignedLong(first.getInt(wide ? 40 : 24)) : names;
            if (count <= 0 || count > MOST_SECTIONS || names >= count) {
                return List.of();
            }
            ByteBuffer all = bytes(table, (int) count * each);
            if (all == null) {
                return List.of();
            }
            Section text = section(all, (int) names * each, null);
            ByteBuffer strings =
                    text.size() > MOST_NAME_BYTES ? null : bytes(text.offset(), (int) text.size());
            List<Section> sections = new ArrayList<>();
            for (int i = 0; strings != null && i < count; i++) {
                sections.add(section(all, i * each, strings));
            }
            return sections;
        }

        private Section section(ByteBuffer headers, int at, @Nullable ByteBuffer strings) {
            String name =
                    strings == null
                            ? ""
                            : text(strings, Integer.toUnsignedLong(headers.getInt(at)));
            return new Section(
                    name,
                    word(headers, at + (wide ? 24 : 16)),
                    word(headers, at + (wide ? 32 : 20)));
        }

        private long word(ByteBuffer from, int at) {
            return wide ? from.getLong(at) : Integer.toUnsignedLong(from.getInt(at));
        }

        /// Whether the file that this section names is there.
        private boolean separate(Section section) throws IOException {
            ByteBuffer content =
                    section.size() <= 0 || section.size() > MOST_NOTE_BYTES
                            ? null
                            : bytes(section.offset(), (int) section.size());
            if (content == null) {
                return false;
            }
            if (section.name().equals(".gnu_debuglink")) {
                String name = text(content, 0);
                Path folder = file.toRealPath().getParent();
                if (name.isEmpty() || name.indexOf('/') >= 0 || folder == null) {
                    return false;
                }
                return Files.exists(folder.resolve(name))
                        || Files.exists(folder.resolve(".debug").resolve(name))
                        || Files.exists(Path.of(SEPARATE + folder.toString()).resolve(name));
            }
            // A note: three numbers, "GNU" and the id.
            int length = content.limit() < 16 ? 0 : content.getInt(4);
            if (length < 2 || length > content.limit() - 16) {
                return false;
            }
            byte[] id = new byte[length];
            content.get(16, id);
            String hex = HexFormat.of().formatHex(id);
            return Files.exists(
                    SEPARATE.resolve(".build-id")
                            .resolve(hex.substring(0, 2))
                            .resolve(hex.substring(2) + ".debug"));
        }

        private static String text(ByteBuffer from, long at) {
            if (at >= from.limit()) {
                return "";
            }
            int end = (int) at;
            while (end < from.limit() && from.get(end) != 0) {
                end++;
            }
            byte[] text = new byte[end - (int) at];
            from.get((int) at, text);
            return new String(text, StandardCharsets.UTF_8);
        }

        /// @return null where the file ends before
        private @Nullable ByteBuffer bytes(long offset, int length) throws IOException {
            if (offset < 0 || length < 0 || offset > channel.size() - length) {
                return null;
            }
            ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, offset + bytes.position()) < 0) {
                    return null;
                }
            }
            return bytes.flip();
        }
    }
}
