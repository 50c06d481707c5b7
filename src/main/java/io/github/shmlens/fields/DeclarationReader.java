package io.github.shmlens.fields;

import io.github.shmlens.fields.CType.Alias;
import io.github.shmlens.fields.CType.Array;
import io.github.shmlens.fields.CType.Compound;
import io.github.shmlens.fields.CType.Enumeration;
import io.github.shmlens.fields.CType.Member;
import io.github.shmlens.fields.CType.Pointer;
import io.github.shmlens.fields.CType.Scalar;
import io.github.shmlens.fields.grammar.CDeclarationsParser;
import io.github.shmlens.fields.grammar.CDeclarationsParser.AlignasContext;
import io.github.shmlens.fields.grammar.CDeclarationsParser.AttributeArgumentContext;
import io.github.shmlens.fields.grammar.CDeclarationsParser.AttributeContext;
import io.github.shmlens.fields.grammar.CDeclarationsParser.AttributeItemContext;
import io.github.shmlens.fields.grammar.CDeclarationsParser.CompoundContext;
import io.github.shmlens.fields.grammar.CDeclarationsParser.DeclarationContext;
import io.github.shmlens.fields.grammar.CDeclarationsParser.DeclaratorContext;
import io.github.shmlens.fields.grammar.CDeclarationsParser.DesignatorContext;
import io.github.shmlens.fields.grammar.CDeclarationsParser.DimensionContext;
import io.github.shmlens.fields.grammar.CDeclarationsParser.EnumerationContext;
import io.github.shmlens.fields.grammar.CDeclarationsParser.EnumeratorContext;
import io.github.shmlens.fields.grammar.CDeclarationsParser.ExpressionContext;
import io.github.shmlens.fields.grammar.CDeclarationsParser.ExternalContext;
import io.github.shmlens.fields.grammar.CDeclarationsParser.InitDeclaratorContext;
import io.github.shmlens.fields.grammar.CDeclarationsParser.LinkageContext;
import io.github.shmlens.fields.grammar.CDeclarationsParser.MemberContext;
import io.github.shmlens.fields.grammar.CDeclarationsParser.MemberDeclaratorContext;
import io.github.shmlens.fields.grammar.CDeclarationsParser.ModifierContext;
import io.github.shmlens.fields.grammar.CDeclarationsParser.PointerContext;
import io.github.shmlens.fields.grammar.CDeclarationsParser.QualifiedNameContext;
import io.github.shmlens.fields.grammar.CDeclarationsParser.SpecifiersContext;
import io.github.shmlens.fields.grammar.CDeclarationsParser.SuffixContext;
import io.github.shmlens.fields.grammar.CDeclarationsParser.TypeNameContext;
import io.github.shmlens.fields.grammar.CDeclarationsParser.TypeSpecifierContext;
import io.github.shmlens.fields.grammar.CDeclarationsParser.UnderlyingContext;
import io.github.shmlens.fields.grammar.CDeclarationsParser.WordContext;
import io.github.shmlens.segment.BadInput;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/// Builds types from what the parser found, one declaration after the other. What has no size yet
/// is told apart by identity.
@SuppressWarnings("ReferenceEquality")
final class DeclarationReader implements ConstantReader.Scope {

    /// Types within each other.
    private static final int MAX_DEPTH = 64;

    /// As GCC: 2 to the 28th.
    private static final long MAX_ALIGN = 1L << 28;

    private static final String NAMELESS = "{…}";

    private static final String FROM_START = "offset_from_start";

    private static final String FROM_FIELD = "offset_from_field";

    /// Stand for what has no size; known by identity.
    private static final CType VOID = Plain.VOID;

    private static final CType FUNCTION = unsizedNamed("function");

    private final Abi abi;
    private final Preprocessor.Result text;
    private final ConstantReader constants;
    private final Map<String, CType> typedefs = new HashMap<>();
    private final Map<String, CType> tags = new HashMap<>();
    private final Map<String, Constant> names = new HashMap<>();

    /// Those of this text: it may declare again what the standard headers name.
    private final Set<String> ownTags = new HashSet<>();

    private final Set<CType> unsized = Collections.newSetFromMap(new IdentityHashMap<>());
    private final IdentityHashMap<CType, Integer> depths = new IdentityHashMap<>();
    private final List<DeclaredType> declared = new ArrayList<>();
    private final List<Note> notes;

    /// Where offsets lead, and who says so.
    private final Map<String, Token> led = new LinkedHashMap<>();

    /// @param known types and constants declared before; null for none
    DeclarationReader(Abi abi, Preprocessor.Result text, @Nullable DeclarationReader known) {
        this.abi = abi;
        this.text = text;
        this.constants = new ConstantReader(abi, this);
        this.notes = new ArrayList<>(text.notes());
        unsized.add(VOID);
        unsized.add(FUNCTION);
        if (known != null) {
            typedefs.putAll(known.typedefs);
            tags.putAll(known.tags);
            names.putAll(known.names);
            unsized.addAll(known.unsized);
        }
    }

    /// Reads everything.
    ///
    /// @throws Refused at the first error
    void read() {
        CDeclarationsParser parser = Grammar.parser(text.tokens());
        parser.isType = typedefs::containsKey;
        while (parser.getCurrentToken().getType() != Token.EOF) {
            external(parser.external());
        }
        led.forEach((name, at) -> {
            if (named(name) == null) {
                throw Refused.at(
                        at, "%s is not declared, and an offset leads there".formatted(name));
            }
        });
    }

    List<DeclaredType> declared() {
        return declared;
    }

    List<Note> notes() {
        return notes;
    }

    /// A type by a name people use: `struct a`, `a`.
    @Nullable CType named(String name) {
        CType type = tags.get(name);
        if (type == null) {
            type = typedefs.get(name);
        }
        for (String word : List.of("struct ", "union ", "enum ")) {
            type = type == null ? tags.get(word + name) : type;
        }
        return type == null || unsized.contains(type.resolved()) ? null : type;
    }

    /// Makes a type known that no declaration could give.
    void add(CType type) {
        typedefs.put(type.name(), type);
    }

    // Declarations

    private void external(ExternalContext external) {
        switch (external) {
            case LinkageContext linkage -> linkage.external().forEach(this::external);
            case DeclarationContext declaration -> declaration(declaration);
            default -> {}
        }
    }

    private void declaration(DeclarationContext declaration) {
        Specified base = specified(declaration.specifiers());
        for (InitDeclaratorContext one : declaration.initDeclarator()) {
            Wishes wishes = new Wishes(base.wishes());
            one.attribute().forEach(wishes::take);
            Named named = led(applied(one.declarator(), base.type(), wishes), wishes);
            if (base.wishes().typedef) {
                typedef(named, wishes);
            } else {
                note(
                        one,
                        "%s \"%s\" is left out"
                                .formatted(
                                        named.type() == FUNCTION ? "the function" : "the variable",
                                        named.name()));
            }
        }
    }

    private void typedef(Named named, Wishes wishes) {
        CType type = named.type();
        if (unsized.contains(type)) {
            typedefs.put(named.name(), type);
            return;
        }
        long align = wishes.align > 0 ? wishes.align : type.alignBytes();
        CType alias = Alias.of(named.name(), type, align, false);
        depths.put(alias, depth(named.at(), type));
        typedefs.put(named.name(), alias);
        declared.add(new DeclaredType(named.name(), alias, named.at().getLine()));
    }

    /// What comes before the declarators.
    private record Specified(CType type, Wishes wishes) {}

    /// Attributes and qualifiers that change a layout.
    private final class Wishes {
        private boolean typedef;
        private boolean atomic;
        private boolean packed;
        private long align;

        /// The attribute that marks an offset; null for none.
        private @Nullable AttributeItemContext offset;

        private Wishes() {}

        private Wishes(Wishes other) {
            typedef = other.typedef;
            atomic = other.atomic;
            packed = other.packed;
            align = other.align;
            offset = other.offset;
        }

        private void take(ModifierContext modifier) {
            typedef |= modifier.TYPEDEF() != null;
            atomic |= modifier.ATOMIC() != null;
            if (modifier.attribute() != null) {
                take(modifier.attribute());
            }
            if (modifier.alignas() != null) {
                take(modifier.alignas());
            }
        }

        private void take(AlignasContext alignas) {
            long wanted =
                    alignas.typeName() != null
                            ? type(alignas.typeName()).alignBytes()
                            : alignment(alignas.expression());
            align = Math.max(align, wanted);
        }

        private void take(AttributeContext attribute) {
            for (AttributeItemContext item : attribute.attributeItem()) {
                String name = item.getStart().getText().replaceAll("^__|__$", "");
                switch (name) {
                    case "packed" -> packed = true;
                    case "aligned" ->
                            align =
                                    Math.max(
                                            align,
                                            item.attributeArgument().isEmpty()
                                                    ? 16
                                                    : alignment(item.attributeArgument(0)));
                    case FROM_START, FROM_FIELD -> {
                        if (item.attributeArgument().size() > 1) {
                            throw Refused.at(item.getStart(), "%s takes one type".formatted(name));
                        }
                        offset = item;
                    }
                    case "vector_size", "mode", "ms_struct", "scalar_storage_order" ->
                            throw Refused.at(
                                    item.getStart(),
                                    "the attribute %s changes the layout in a way that is not known here"
                                            .formatted(name));
                    default -> {}
                }
            }
        }

        /// What stands behind a star: as GCC does, of the pointer that is declared its alignment is
        /// heeded, and being packed of none. That it is an offset is heeded of any.
        private void takeOfPointer(AttributeContext attribute, boolean outermost) {
            boolean packedBefore = packed;
            long alignBefore = align;
            take(attribute);
            packed = packedBefore;
            align = outermost ? align : alignBefore;
        }

        private long alignment(AttributeArgumentContext argument) {
            if (argument.expression() == null) {
                throw Refused.at(argument.getStart(), "an alignment is a number, not a type");
            }
            return alignment(argument.expression());
        }

        private long alignment(ExpressionContext expression) {
            Constant value = constants.value(expression);
            long wanted = value.bits();
            if (wanted < 0 || wanted > MAX_ALIGN || Long.bitCount(wanted) > 1) {
                throw Refused.at(
                        expression.getStart(),
                        "an alignment is a power of two up to %d, not %s"
                                .formatted(MAX_ALIGN, value));
            }
            return wanted;
        }

        private CompoundLayout.Wish wish() {
            return new CompoundLayout.Wish(packed, align);
        }
    }

    private Specified specified(SpecifiersContext specifiers) {
        Wishes wishes = new Wishes();
        specifiers.modifier().forEach(wishes::take);
        TypeSpecifierContext specifier = specifiers.typeSpecifier();
        CType type = specifier == null ? plain(specifiers.word()) : specified(specifier, wishes);
        return new Specified(wishes.atomic ? atomic(type) : type, wishes);
    }

    private CType specified(TypeSpecifierContext specifier, Wishes wishes) {
        if (specifier.compound() != null) {
            return compound(specifier.compound());
        }
        if (specifier.enumeration() != null) {
            return enumeration(specifier.enumeration());
        }
        if (specifier.typeName() != null) {
            wishes.atomic = true;
            return type(specifier.typeName());
        }
        return qualified(specifier.qualifiedName(), wishes);
    }

    private CType qualified(QualifiedNameContext name, Wishes wishes) {
        List<String> parts =
                name.Identifier().stream().map(part -> String.valueOf(part.getText())).toList();
        boolean standard = parts.size() == 2 && parts.getFirst().equals("std");
        if (name.typeName() != null) {
            if (!parts.getLast().equals("atomic") || !(standard || parts.size() == 1)) {
                throw Refused.at(
                        name.getStart(),
                        "of the templates of C++ only std::atomic has a layout that is known here");
            }
            wishes.atomic = true;
            return type(name.typeName());
        }
        CType known = standard || parts.size() == 1 ? typedefs.get(parts.getLast()) : null;
        if (known == null && parts.size() == 1) {
            // As C++ lets one name a structure.
            for (String word : List.of("struct ", "union ", "enum ")) {
                known = known == null ? tags.get(word + parts.getFirst()) : known;
            }
        }
        if (known != null) {
            return known;
        }
        String shown = String.join("::", parts);
        throw Refused.at(
                name.getStart(),
                text.opaque().contains(shown)
                        ? "the macro %s cannot be expanded here: write out what it stands for"
                                .formatted(shown)
                        : "the type %s is not known: declare it above".formatted(shown));
    }

    /// `unsigned long int` and the like, in any order.
    private CType plain(List<WordContext> found) {
        Map<String, Integer> words = new HashMap<>();
        for (WordContext word : found) {
            String text =
                    word.getText().replace("__signed__", "signed").replace("__signed", "signed");
            if (word.COMPLEX() != null) {
                throw Refused.at(
                        word.getStart(), "%s has no layout that is known here".formatted(text));
            }
            words.merge(text.equals("_Bool") ? "bool" : text, 1, Integer::sum);
        }
        CType type = Plain.type(words, abi);
        if (type == null) {
            throw Refused.at(
                    found.getFirst().getStart(),
                    "these words together name no type of C for %s".formatted(abi.text()));
        }
        return type;
    }

    // Structures, unions, enumerations

    private CType compound(CompoundContext compound) {
        boolean union = compound.UNION() != null;
        String word = union ? "union " : "struct ";
        String name =
                word + (compound.Identifier() == null ? NAMELESS : compound.Identifier().getText());
        if (compound.body() == null) {
            return tags.computeIfAbsent(name, this::incomplete);
        }
        Token at = compound.getStart();
        if (compound.Identifier() != null) {
            if (!ownTags.add(name)) {
                throw Refused.at(at, name + " is declared twice");
            }
            CType before = tags.get(name);
            if (before == null || !unsized.contains(before)) {
                // So that it may point to itself.
                tags.put(name, incomplete(name));
            }
        }
        Wishes wishes = new Wishes();
        compound.attribute().forEach(wishes::take);
        compound.alignas().forEach(wishes::take);
        CompoundLayout layout =
                new CompoundLayout(
                        abi,
                        union,
                        wishes.packed,
                        text.packAt(compound.body().getStop().getTokenIndex()),
                        Math.max(1, wishes.align));
        Set<String> taken = new HashSet<>();
        int deepest = 0;
        for (MemberContext member : compound.body().member()) {
            deepest = Math.max(deepest, member(member, layout, union, taken));
        }
        Compound whole = layout.finish(name);
        if (whole.sizeBytes() > CType.MAX_BYTES) {
            throw tooLarge(at);
        }
        depths.put(whole, deepest + 1);
        if (compound.Identifier() != null) {
            CType old = tags.put(name, whole);
            // For those who named it before it was complete.
            typedefs.replaceAll((_, type) -> type == old ? whole : type);
            declared.add(new DeclaredType(name, whole, at.getLine()));
        }
        return whole;
    }

    /// @return the depth of the deepest type in it
    private int member(
            MemberContext member, CompoundLayout layout, boolean union, Set<String> taken) {
        if (member.specifiers() == null) {
            return 0;
        }
        Token at = member.getStart();
        Specified base = specified(member.specifiers());
        if (base.wishes().typedef) {
            throw Refused.at(at, "a typedef does not belong into a structure");
        }
        if (member.memberDeclarator().isEmpty()) {
            CompoundContext inner =
                    member.specifiers().typeSpecifier() == null
                            ? null
                            : member.specifiers().typeSpecifier().compound();
            boolean nameless = inner != null && inner.Identifier() == null;
            if (!nameless) {
                return 0;
            }
            return placed("", base.type(), base.wishes(), layout, union, at, taken);
        }
        int deepest = 0;
        for (MemberDeclaratorContext one : member.memberDeclarator()) {
            Wishes wishes = new Wishes(base.wishes());
            one.attribute().forEach(wishes::take);
            Named named =
                    one.declarator() == null
                            ? new Named("", base.type(), one.getStart())
                            : led(applied(one.declarator(), base.type(), wishes), wishes);
            if (one.width() == null) {
                deepest =
                        Math.max(
                                deepest,
                                placed(
                                        named.name(),
                                        named.type(),
                                        wishes,
                                        layout,
                                        union,
                                        named.at(),
                                        taken));
            } else {
                bitField(named, one.width().expression(), wishes, layout, taken);
            }
        }
        return deepest;
    }

    private int placed(
            String name,
            CType type,
            Wishes wishes,
            CompoundLayout layout,
            boolean union,
            Token at,
            Set<String> taken) {
        if (unsized.contains(type)) {
            throw unsizedAt(at, type, "be a member");
        }
        if (!union && layout.endsOpen()) {
            throw Refused.at(at, "nothing can follow a member whose length is left open");
        }
        takeName(name, at, taken);
        if (name.isEmpty() && type instanceof Compound nameless) {
            names(nameless, at, taken);
        }
        if (!layout.add(name, type, wishes.wish())) {
            throw tooLarge(at);
        }
        return depth(at, type);
    }

    /// The names that a member without one gives to what holds it.
    private static void names(Compound nameless, Token at, Set<String> taken) {
        for (Member member : nameless.members()) {
            takeName(member.name(), at, taken);
            if (member.name().isEmpty() && member.type() instanceof Compound inner) {
                names(inner, at, taken);
            }
        }
    }

    private static void takeName(String name, Token at, Set<String> taken) {
        if (!name.isEmpty() && !taken.add(name)) {
            throw Refused.at(at, "there are two members named %s".formatted(name));
        }
    }

    private void bitField(
            Named named,
            ExpressionContext width,
            Wishes wishes,
            CompoundLayout layout,
            Set<String> taken) {
        CType type = named.type();
        if (CType.offset(type) != null) {
            throw Refused.at(named.at(), "an offset is no bit-field");
        }
        CType plain = type.resolved();
        boolean bool = plain instanceof Scalar scalar && scalar.kind() == Scalar.Kind.BOOL;
        boolean whole =
                plain instanceof Enumeration
                        || (plain instanceof Scalar scalar
                                && scalar.kind() != Scalar.Kind.FLOAT
                                && scalar.kind() != Scalar.Kind.OPAQUE);
        if (!whole || unsized.contains(type)) {
            throw Refused.at(named.at(), "a bit-field is a whole number, not " + type.name());
        }
        Constant value = constants.value(width);
        long most = bool ? 1 : type.sizeBytes() * Byte.SIZE;
        if (value.negative() || value.bits() < 0 || value.bits() > most) {
            throw Refused.at(
                    width.getStart(),
                    "a bit-field of type %s has at most %d bits, not %s"
                            .formatted(type.name(), most, value));
        }
        if (value.bits() == 0 && !named.name().isEmpty()) {
            throw Refused.at(width.getStart(), "a bit-field of 0 bits has no name");
        }
        takeName(named.name(), named.at(), taken);
        if (!layout.addBits(named.name(), type, (int) value.bits(), wishes.wish())) {
            throw tooLarge(named.at());
        }
    }

    private CType enumeration(EnumerationContext enumeration) {
        String name =
                "enum "
                        + (enumeration.Identifier() == null
                                ? NAMELESS
                                : enumeration.Identifier().getText());
        Token at = enumeration.getStart();
        if (enumeration.enumerators() == null) {
            CType known = tags.get(name);
            if (known == null) {
                throw Refused.at(at, name + " is not known: declare it above");
            }
            return known;
        }
        if (enumeration.Identifier() != null && !ownTags.add(name)) {
            throw Refused.at(at, name + " is declared twice");
        }
        Wishes wishes = new Wishes();
        enumeration.attribute().forEach(wishes::take);
        Map<String, Long> values = new LinkedHashMap<>();
        Map<Long, String> firstNames = new HashMap<>();
        long least = 0;
        long most = 0;
        boolean huge = false;
        Constant next = Constant.ofInt(0);
        for (EnumeratorContext one : enumeration.enumerators().enumerator()) {
            String constant = one.Identifier().getText();
            if (one.expression() != null) {
                next = constants.value(one.expression());
            }
            if (names.putIfAbsent(constant, next) != null) {
                throw Refused.at(one.getStart(), "%s is declared twice".formatted(constant));
            }
            values.put(constant, next.bits());
            firstNames.putIfAbsent(next.bits(), constant);
            huge |= next.unsigned() && next.bits() < 0;
            least = next.unsigned() ? least : Math.min(least, next.bits());
            most = Math.max(most, next.bits());
            next = following(next, one);
        }
        if (huge && least < 0) {
            throw Refused.at(at, "no whole number holds all values of " + name);
        }
        boolean signed = least < 0;
        int bytes = Integer.BYTES;
        if (enumeration.underlying() != null) {
            CType under = underlying(enumeration.underlying()).resolved();
            if (!(under instanceof Scalar scalar)
                    || scalar.kind() == Scalar.Kind.FLOAT
                    || scalar.kind() == Scalar.Kind.OPAQUE) {
                throw Refused.at(at, "the type of an enum is a whole number");
            }
            bytes = scalar.sizeBytesInt();
            signed = scalar.signed();
        } else if (huge || !fits(least, most, Integer.SIZE, signed)) {
            bytes = Long.BYTES;
        } else if (wishes.packed) {
            bytes = fits(least, most, 8, signed) ? 1 : fits(least, most, 16, signed) ? 2 : 4;
        }
        long align = bytes == Long.BYTES ? abi.wideAlign() : bytes;
        CType type =
                new Enumeration(
                        name, bytes, Math.max(align, wishes.align), signed, values, firstNames);
        if (enumeration.Identifier() != null) {
            tags.put(name, type);
        }
        return type;
    }

    private CType underlying(UnderlyingContext type) {
        return type.qualifiedName() == null
                ? plain(type.word())
                : qualified(type.qualifiedName(), new Wishes());
    }

    private static boolean fits(long least, long most, int bits, boolean signed) {
        return signed ? least >= -1L << (bits - 1) && most < 1L << (bits - 1) : most < 1L << bits;
    }

    private static Constant following(Constant last, EnumeratorContext one) {
        long value = last.bits() + 1;
        boolean wraps = last.unsigned() ? value == 0 : last.bits() == Long.MAX_VALUE;
        if (wraps) {
            if (!last.unsigned()) {
                return new Constant(value, Long.BYTES, true);
            }
            throw Refused.at(one.getStart(), "the next value would not fit 64 bits");
        }
        boolean leaves32 =
                !new Constant(value, last.bytes(), last.unsigned())
                        .wrapped()
                        .equals(new Constant(value, last.bytes(), last.unsigned()));
        return new Constant(value, leaves32 ? Long.BYTES : last.bytes(), last.unsigned());
    }

    // Declarators

    /// A name and the type that it stands for.
    private record Named(String name, CType type, Token at) {}

    private Named applied(DeclaratorContext declarator, CType base, Wishes wishes) {
        declarator.attribute().forEach(wishes::take);
        CType type = base;
        List<PointerContext> pointers = declarator.pointer();
        for (int i = 0; i < pointers.size(); i++) {
            type = pointer(pointers.get(i), type);
            boolean outermost = i == pointers.size() - 1 && declarator.declarator() == null;
            pointers.get(i).attribute().forEach(one -> wishes.takeOfPointer(one, outermost));
        }
        List<SuffixContext> suffixes = declarator.suffix();
        for (int i = suffixes.size() - 1; i >= 0; i--) {
            type =
                    suffixes.get(i) instanceof DimensionContext dimension
                            ? array(dimension.expression(), dimension.getStart(), type, i > 0)
                            : FUNCTION;
        }
        if (declarator.declarator() != null) {
            return applied(declarator.declarator(), type, wishes);
        }
        return new Named(
                String.valueOf(declarator.Identifier().getText()),
                type,
                declarator.Identifier().getSymbol());
    }

    /// The same, marked as an offset where it is wished for; of an array its elements.
    private Named led(Named named, Wishes wishes) {
        AttributeItemContext wish = wishes.offset;
        return wish == null ? named : new Named(named.name(), led(named.type(), wish), named.at());
    }

    private CType led(CType type, AttributeItemContext wish) {
        if (type instanceof Array(CType element, long count)) {
            CType inner = led(element, wish);
            return deeper(wish.getStart(), new Array(inner, count), inner);
        }
        boolean pointer = type.resolved() instanceof Pointer;
        boolean whole =
                type.resolved() instanceof Scalar scalar
                        && (scalar.kind() == Scalar.Kind.SIGNED
                                || scalar.kind() == Scalar.Kind.UNSIGNED);
        if (unsized.contains(type) || !(pointer || whole)) {
            throw Refused.at(
                    wish.getStart(),
                    "an offset is a pointer or a whole number, not " + type.name());
        }
        String to;
        if (!wish.attributeArgument().isEmpty()) {
            TypeNameContext name = wish.attributeArgument(0).typeName();
            if (name == null || !name.pointer().isEmpty() || !name.expression().isEmpty()) {
                throw Refused.at(wish.getStart(), "an offset leads to a type that has a name");
            }
            to = specified(name.specifiers()).type().name();
        } else if (pointer) {
            to = type.resolved().name().replaceFirst(" ?\\*$", "");
        } else {
            throw Refused.at(
                    wish.getStart(),
                    "where a number leads must be said: %s(struct …)"
                            .formatted(wish.getStart().getText()));
        }
        if (to.endsWith("*") || to.contains(NAMELESS) || to.equals("void")) {
            throw Refused.at(
                    wish.getStart(), "an offset leads to a type that has a name, not to " + to);
        }
        led.putIfAbsent(to, wish.getStart());
        boolean fromField = wish.getStart().getText().contains(FROM_FIELD);
        return new Alias(
                type.name(),
                type.resolved(),
                type.alignBytes(),
                CType.atomic(type),
                new CType.Offset(fromField, to));
    }

    private CType pointer(PointerContext pointer, CType to) {
        String name = to.name() + (to.name().endsWith("*") ? "*" : " *");
        CType type = new Pointer(name, abi.wordBytes());
        return pointer.ATOMIC().isEmpty() ? type : atomic(type);
    }

    /// @param inner whether it lies within another array, which must know its size
    private CType array(@Nullable ExpressionContext count, Token at, CType element, boolean inner) {
        if (unsized.contains(element)) {
            throw unsizedAt(at, element, "be an element");
        }
        if (element instanceof Array array && array.open()) {
            throw Refused.at(at, "only the first length of an array can be left open");
        }
        long many = Array.TO_THE_END;
        if (count != null) {
            Constant value = constants.value(count);
            many = value.bits();
            if (value.negative()) {
                throw Refused.at(count.getStart(), "an array has no %s elements".formatted(value));
            }
            long size = element.sizeBytes();
            // One of no bytes could still be counted for ever.
            if (many < 0 || many > CType.MAX_BYTES / Math.max(1, size)) {
                throw tooLarge(count.getStart());
            }
            if (many == 0 && !inner) {
                // GNU C's older way to leave it open.
                many = Array.TO_THE_END;
            }
        }
        return deeper(at, new Array(element, many), element);
    }

    private CType atomic(CType type) {
        if (unsized.contains(type)) {
            return type;
        }
        long size = type.sizeBytes();
        boolean word = size <= 16 && Long.bitCount(size) == 1;
        long align = word ? Math.max(type.alignBytes(), size) : type.alignBytes();
        return Alias.of("_Atomic " + type.name(), type, align, true);
    }

    // Names

    @Override
    public Constant constant(Token name) {
        Constant value = names.get(name.getText());
        if (value == null) {
            throw Refused.at(name, "%s is no constant that is known".formatted(name.getText()));
        }
        return value;
    }

    @Override
    public CType type(TypeNameContext name) {
        CType type = specified(name.specifiers()).type();
        for (PointerContext pointer : name.pointer()) {
            type = pointer(pointer, type);
        }
        List<ExpressionContext> counts = name.expression();
        for (int i = counts.size() - 1; i >= 0; i--) {
            type = array(counts.get(i), counts.get(i).getStart(), type, true);
        }
        if (unsized.contains(type)) {
            throw unsizedAt(name.getStart(), type, "be measured");
        }
        return type;
    }

    @Override
    public long offset(CType type, DesignatorContext designator) {
        try {
            FieldAt found = FieldAt.root(type, 0, type.sizeBytes()).find(designator.getText());
            if (!found.bitField()) {
                return found.offset();
            }
        } catch (BadInput notThere) {
            // Said below.
        }
        throw Refused.at(
                designator.getStart(),
                "%s has no member %s of which there is an offset"
                        .formatted(type.name(), designator.getText()));
    }

    // Limits

    private CType incomplete(String name) {
        CType type = unsizedNamed(name);
        unsized.add(type);
        return type;
    }

    private static CType unsizedNamed(String name) {
        return new Scalar(name, Scalar.Kind.OPAQUE, 0, 1, ByteOrder.LITTLE_ENDIAN);
    }

    private Refused unsizedAt(Token at, CType type, String what) {
        return Refused.at(
                at,
                type == FUNCTION
                        ? "a function cannot %s".formatted(what)
                        : type == VOID
                                ? "void cannot %s".formatted(what)
                                : "%s is not complete here and cannot %s"
                                        .formatted(type.name(), what));
    }

    private static Refused tooLarge(Token at) {
        return Refused.at(at, "this is larger than 2^56 bytes, more than any memory");
    }

    private int depth(Token at, CType type) {
        int depth = depths.getOrDefault(type, depths.getOrDefault(type.resolved(), 0));
        if (depth >= MAX_DEPTH) {
            throw Refused.at(at, "more than %d types lie within each other".formatted(MAX_DEPTH));
        }
        return depth;
    }

    private CType deeper(Token at, CType outer, CType inner) {
        depths.put(outer, depth(at, inner) + 1);
        return outer;
    }

    private void note(InitDeclaratorContext at, String sentence) {
        notes.add(new Note(at.getStart().getLine(), sentence));
    }
}
