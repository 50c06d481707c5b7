package io.github.shmlens.cli;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// Lines that a command's help and its man page show as examples, as they would be typed, each at
/// most 78 characters long.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface Examples {
    String[] value();

    /// Reads them.
    final class Of {

        private Of() {}

        /// A command's examples; none for one that has none, as picocli's own.
        static List<String> command(CommandSpec command) {
            Examples examples = command.userObject().getClass().getAnnotation(Examples.class);
            return examples == null ? List.of() : List.of(examples.value());
        }
    }
}
