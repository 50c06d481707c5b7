package io.github.shmlens;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// Holds the table of rooms: who may use whom, and which library lives where.
class ArchitectureTest {

    private static final String ROOT = "io.github.shmlens";

    private static final JavaClasses PROGRAM =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages(ROOT);

    /// Room → rooms it may use. The order is that of the design.
    private static final Map<String, List<String>> MAY_USE =
            Map.ofEntries(
                    Map.entry(
                            "app",
                            List.of(
                                    "ui",
                                    "cli",
                                    "live",
                                    "known",
                                    "journal",
                                    "php",
                                    "kryo",
                                    "debuginfo",
                                    "fields",
                                    "sysv",
                                    "scan",
                                    "source",
                                    "layout",
                                    "segment")),
                    Map.entry(
                            "ui",
                            List.of(
                                    "live",
                                    "known",
                                    "journal",
                                    "php",
                                    "kryo",
                                    "debuginfo",
                                    "fields",
                                    "source",
                                    "layout",
                                    "segment")),
                    Map.entry(
                            "cli",
                            List.of(
                                    "live",
                                    "known",
                                    "journal",
                                    "php",
                                    "kryo",
                                    "debuginfo",
                                    "fields",
                                    "source",
                                    "layout",
                                    "segment")),
                    Map.entry("api", List.of("sysv", "php", "kryo", "source", "segment")),
                    Map.entry("journal", List.of("php", "source", "segment")),
                    Map.entry("live", List.of("source", "layout", "segment")),
                    Map.entry("php", List.of("layout", "source", "segment")),
                    Map.entry("kryo", List.of("php", "layout", "segment")),
                    Map.entry("debuginfo", List.of("fields")),
                    Map.entry("fields", List.of("layout", "segment")),
                    Map.entry("sysv", List.of("source", "scan", "layout", "segment")),
                    Map.entry("scan", List.of()),
                    Map.entry("source", List.of("segment")),
                    Map.entry("known", List.of("layout", "segment")),
                    Map.entry("layout", List.of()),
                    Map.entry("segment", List.of()));

    /// Library → rooms that may name it.
    private static final Map<String, String[]> OWNED =
            Map.of(
                    "javafx..", new String[] {ROOT + ".ui..", ROOT + ".app.."},
                    "atlantafx..", new String[] {ROOT + ".ui.."},
                    "org.kordamp..", new String[] {ROOT + ".ui.."},
                    "picocli..", new String[] {ROOT + ".cli..", ROOT + ".app.."},
                    "jnr..", new String[] {ROOT + ".sysv.."},
                    "jdk.incubator.vector..", new String[] {ROOT + ".scan.."},
                    "org.antlr..", new String[] {ROOT + ".fields.."},
                    "com.esotericsoftware..", new String[] {ROOT + ".kryo.."},
                    "tools.jackson..",
                            new String[] {
                                ROOT + ".cli..",
                                ROOT + ".php..",
                                ROOT + ".kryo..",
                                ROOT + ".journal.."
                            });

    @Test
    void roomsUseOnlyTheRoomsTheyMay() {
        LayeredArchitecture table =
                layeredArchitecture()
                        .consideringOnlyDependenciesInLayers()
                        .withOptionalLayers(true);
        for (String room : MAY_USE.keySet()) {
            table = table.layer(room).definedBy(ROOT + "." + room + "..");
        }
        for (Map.Entry<String, List<String>> room : MAY_USE.entrySet()) {
            String[] others = room.getValue().toArray(String[]::new);
            table =
                    others.length == 0
                            ? table.whereLayer(room.getKey()).mayNotAccessAnyLayer()
                            : table.whereLayer(room.getKey()).mayOnlyAccessLayers(others);
        }
        table.check(PROGRAM);
    }

    @Test
    void roomsHaveNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(PROGRAM);
    }

    @Test
    void everyClassLivesInARoomOfTheTable() {
        classes()
                .should()
                .resideInAnyPackage(
                        MAY_USE.keySet().stream()
                                .map(room -> ROOT + "." + room + "..")
                                .toArray(String[]::new))
                .check(PROGRAM);
    }

    @Test
    void librariesStayInTheirRooms() {
        OWNED.forEach((library, rooms) ->
                noClasses()
                        .that()
                        .resideOutsideOfPackages(rooms)
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(library)
                        .check(PROGRAM));
    }

    @Test
    void onlyTheBridgeCallsRunLater() {
        DescribedPredicate<JavaMethodCall> runLater =
                describe(
                        "Platform.runLater",
                        call ->
                                call.getTargetOwner()
                                                .getName()
                                                .equals("javafx.application.Platform")
                                        && call.getName().equals("runLater"));
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".ui.fx..")
                .should(callMethodWhere(runLater))
                .check(PROGRAM);
    }

    @Test
    void onlyTheCommandLinePrints() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".cli..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(PROGRAM);
    }

    @Test
    void segmentHoldsOnlyWords() {
        DescribedPredicate<JavaClass> word =
                describe(
                        "a record, an enum, sealed, an exception, or only static",
                        type ->
                                type.isRecord()
                                        || type.isEnum()
                                        || type.isInterface()
                                        || type.isAssignableTo(Throwable.class)
                                        || isOnlyStatic(type)
                                        || type.getSimpleName().equals("package-info")
                                        || type.isAnonymousClass()
                                        || type.getSimpleName().isEmpty());
        classes().that().resideInAPackage(ROOT + ".segment").should(be(word)).check(PROGRAM);
    }

    private static boolean isOnlyStatic(JavaClass type) {
        return Stream.concat(type.getFields().stream(), type.getMethods().stream())
                        .allMatch(member -> member.getModifiers().contains(JavaModifier.STATIC))
                && type.getConstructors().stream()
                        .allMatch(made -> made.getModifiers().contains(JavaModifier.PRIVATE));
    }

    @Test
    void everyPackageSaysWhatItIsForAndIsNullMarked() throws IOException {
        Path sources = Path.of("src/main/java");
        try (Stream<Path> files = Files.walk(sources)) {
            List<Path> rooms =
                    files.filter(file -> file.toString().endsWith(".java"))
                            .map(Path::getParent)
                            .distinct()
                            .toList();
            assertThat(rooms)
                    .allSatisfy(room ->
                            assertThat(room.resolve("package-info.java"))
                                    .content()
                                    .startsWith("/// ")
                                    .contains("@" + NullMarked.class.getSimpleName()));
        }
    }

    @Test
    void noClassHidesBehindAVagueName() {
        noClasses().should().haveNameMatching(".*(Util|Utils|Manager|Helper|Impl)").check(PROGRAM);
    }
}
