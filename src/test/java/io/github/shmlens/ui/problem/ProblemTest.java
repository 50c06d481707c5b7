package io.github.shmlens.ui.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProblemTest {

    static Stream<ShmFailure> every() {
        return Stream.of(
                new ShmFailure.AccessDenied(
                        "id:3", "attach read-write", "mode is 0600, owner www-data", "EACCES"),
                new ShmFailure.NotFound("0xf1206", "ENOENT"),
                new ShmFailure.Gone("id:3", "EINVAL"),
                new ShmFailure.AlreadyExists("0xf1206", "EEXIST"),
                new ShmFailure.LimitReached("0xf1206", "the size must be at least 1", "EINVAL"),
                new ShmFailure.DoesNotFit("0xf1206", 100, 20),
                new ShmFailure.Moved("0xf1206", 64, 8),
                new ShmFailure.Unexpected("0xf1206", "shmctl", "EFAULT"));
    }

    @ParameterizedTest
    @MethodSource("every")
    void everyFailureNamesItsSubject(ShmFailure failure) {
        assertThat(Problem.of(failure).sentence()).contains(failure.subject());
    }

    @ParameterizedTest
    @MethodSource("every")
    void everyFailureNamesTheKernelsAnswer(ShmFailure failure) {
        String errno = failure.errno();
        if (errno != null) {
            assertThat(Problem.of(failure).sentence()).contains(errno);
        }
    }

    @ParameterizedTest
    @MethodSource("every")
    void everyFailureSaysWhatWouldHelp(ShmFailure failure) {
        assertThat(Problem.of(failure).whatToDo()).isNotBlank().endsWith(".");
    }

    @ParameterizedTest
    @MethodSource("every")
    void everySentenceEndsWithAStop(ShmFailure failure) {
        assertThat(Problem.of(failure).sentence()).endsWith(".").doesNotContain("..");
    }

    @Test
    void aRefusedRemovalNamesOwnerCreatorAndCapability() {
        Problem problem =
                Problem.of(
                        new ShmFailure.AccessDenied(
                                "id:3", "remove", "owner is www-data", "EPERM"));
        assertThat(problem.whatToDo()).contains("owner", "creator", "CAP_SYS_ADMIN");
    }

    @Test
    void aValueThatDoesNotFitSaysThatNothingWasChanged() {
        assertThat(Problem.of(new ShmFailure.DoesNotFit("0xf1206", 100, 20)).sentence())
                .contains("20 bytes free", "100 bytes", "nothing was changed");
    }

    @Test
    void carriedFailuresAreToldAsTheyAre() {
        ShmFailure gone = new ShmFailure.Gone("id:3", "EINVAL");
        assertThat(Problem.of(new ShmException(gone))).isEqualTo(Problem.of(gone));
    }

    @Test
    void badTypingBecomesASentence() {
        assertThat(Problem.of(new BadInput("the key \"x\" is no number")).sentence())
                .isEqualTo("The key \"x\" is no number.");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThat(Problem.of(new NoSuchFileException("/no/such")).sentence()).contains("/no/such");
    }

    @Test
    void aFileErrorKeepsItsMessage() {
        assertThat(Problem.of(new IOException("disk full")).sentence()).isEqualTo("Disk full.");
    }

    @Test
    void anythingElseIsCalledADefect() {
        assertThat(Problem.of(new IllegalStateException("boom")).title()).contains("defect");
    }
}
