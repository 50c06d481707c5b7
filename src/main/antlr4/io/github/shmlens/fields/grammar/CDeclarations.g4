// C declarations as headers have them: types, and whatever stands between them.
//
// Directives are tokens of their own and comments are blanks by the time the lexer runs; macros are
// expanded before the parser does. Everything is decided by a few tokens of lookahead, so that no
// input costs more than its length; the one place where C needs to know the types declared so far
// asks isType.
grammar CDeclarations;

@parser::members {
    /// Whether a name stands for a type by now.
    public java.util.function.Predicate<String> isType = name -> false;

    private boolean typeAt(int ahead) {
        Token token = _input.LT(ahead);
        return switch (token.getType()) {
            case VOID, CHAR, SHORT, INT, LONG, FLOAT, DOUBLE, SIGNED, UNSIGNED, BOOL, INT128,
                    STRUCT, UNION, ENUM, CONST, VOLATILE, ATOMIC, COMPLEX -> true;
            case Identifier -> isType.test(token.getText());
            default -> false;
        };
    }
}

external
    : ';'                                                           # nothing
    | staticAssert                                                  # assertion
    | EXTERN StringLiteral ('{' external* '}' | external)           # linkage
    | specifiers (';' | initDeclarator (block | (',' initDeclarator)* ';')) # declaration
    ;

specifiers
    : modifier* (word (word | modifier)* | typeSpecifier modifier*)
    ;

modifier
    : TYPEDEF
    | EXTERN
    | IGNORED
    | CONST
    | VOLATILE
    | ATOMIC
    | attribute
    | alignas
    ;

word
    : VOID | CHAR | SHORT | INT | LONG | FLOAT | DOUBLE | SIGNED | UNSIGNED | BOOL | INT128 | COMPLEX
    ;

typeSpecifier
    : compound
    | enumeration
    | ATOMIC '(' typeName ')'
    | qualifiedName
    ;

// Namespaces and templates of C++ as far as std::atomic and std::uint32_t need them.
qualifiedName
    : Identifier ('::' Identifier)* ('<' typeName '>')?
    ;

compound
    : (STRUCT | UNION) (attribute | alignas)* (Identifier (body attribute*)? | body attribute*)
    ;

body
    : '{' member* '}'
    ;

member
    : ';'
    | staticAssert
    | specifiers (memberDeclarator (',' memberDeclarator)*)? ';'
    ;

memberDeclarator
    : declarator width? attribute*
    | width attribute*
    ;

width
    : ':' expression
    ;

enumeration
    : ENUM attribute*
      (Identifier (':' underlying)? (enumerators attribute*)? | (':' underlying)? enumerators attribute*)
    ;

enumerators
    : '{' (enumerator (',' enumerator)* ','?)? '}'
    ;

underlying
    : word+
    | qualifiedName
    ;

enumerator
    : Identifier attribute* ('=' expression)?
    ;

initDeclarator
    : declarator attribute* ('=' initializer+)?
    ;

initializer
    : group
    | ~('(' | ')' | '[' | ']' | '{' | '}' | ',' | ';')
    ;

declarator
    : pointer* (Identifier | '(' attribute* declarator ')') suffix* attribute*
    ;

pointer
    : '*' (CONST | VOLATILE | ATOMIC | IGNORED | attribute)*
    ;

suffix
    : '[' (CONST | VOLATILE | IGNORED)* expression? ']'             # dimension
    | '(' balanced* ')'                                             # parameters
    ;

typeName
    : specifiers pointer* ('(' pointer+ ')' '(' balanced* ')')? ('[' expression ']')*
    ;

attribute
    : ATTRIBUTE '(' '(' (attributeItem? (',' attributeItem?)*) ')' ')'
    | ASM '(' balanced* ')'
    | LeftBrackets balanced* ']' ']'
    ;

attributeItem
    : (Identifier | CONST) ('(' (attributeArgument (',' attributeArgument)*)? ')')?
    ;

attributeArgument
    : {typeAt(1)}? typeName
    | expression
    ;

alignas
    : ALIGNAS '(' ({typeAt(1)}? typeName | expression) ')'
    ;

staticAssert
    : STATIC_ASSERT '(' balanced* ')' ';'
    ;

block
    : '{' balanced* '}'
    ;

group
    : '(' balanced* ')'
    | '[' balanced* ']'
    | block
    ;

balanced
    : group
    | ~('(' | ')' | '[' | ']' | '{' | '}')
    ;

// A condition of a directive, or an expression by itself.
condition
    : expression EOF
    ;

expression
    : IntegerLiteral                                                # integer
    | CharLiteral                                                   # character
    | StringLiteral+                                                # string
    | Identifier                                                    # name
    | (SIZEOF | ALIGNOF) '(' typeName ')'                           # measure
    | OFFSETOF '(' typeName ',' designator ')'                      # offsetOf
    | {typeAt(2)}? '(' typeName ')' expression                      # cast
    | '(' expression ')'                                            # inner
    | op = ('+' | '-' | '~' | '!') expression                       # unary
    | expression op = ('*' | '/' | '%') expression                  # binary
    | expression op = ('+' | '-') expression                        # binary
    | expression op = ('<<' | '>>') expression                      # binary
    | expression op = ('<' | '>' | '<=' | '>=') expression          # binary
    | expression op = ('==' | '!=') expression                      # binary
    | expression op = '&' expression                                # binary
    | expression op = '^' expression                                # binary
    | expression op = '|' expression                                # binary
    | expression op = '&&' expression                               # binary
    | expression op = '||' expression                               # binary
    | <assoc = right> expression '?' expression ':' expression      # choice
    ;

designator
    : Identifier ('.' Identifier | '[' expression ']')*
    ;

TYPEDEF : 'typedef' ;
EXTERN : 'extern' ;
IGNORED
    : 'static' | 'inline' | '__inline' | '__inline__' | 'register' | 'auto' | '_Noreturn'
    | '_Thread_local' | '__thread' | 'thread_local' | 'constexpr' | '__extension__' | 'restrict'
    | '__restrict' | '__restrict__' | 'mutable'
    ;
CONST : 'const' | '__const' | '__const__' ;
VOLATILE : 'volatile' | '__volatile' | '__volatile__' ;
ATOMIC : '_Atomic' ;
VOID : 'void' ;
CHAR : 'char' ;
SHORT : 'short' ;
INT : 'int' ;
LONG : 'long' ;
FLOAT : 'float' ;
DOUBLE : 'double' ;
SIGNED : 'signed' | '__signed' | '__signed__' ;
UNSIGNED : 'unsigned' ;
BOOL : '_Bool' | 'bool' ;
INT128 : '__int128' ;
COMPLEX : '_Complex' | '__complex__' | '_Decimal32' | '_Decimal64' | '_Decimal128' ;
STRUCT : 'struct' ;
UNION : 'union' ;
ENUM : 'enum' ;
ATTRIBUTE : '__attribute__' | '__attribute' ;
ASM : '__asm__' | 'asm' | '__asm' ;
ALIGNAS : '_Alignas' | 'alignas' ;
STATIC_ASSERT : '_Static_assert' | 'static_assert' ;
SIZEOF : 'sizeof' ;
ALIGNOF : '_Alignof' | 'alignof' | '__alignof__' | '__alignof' ;
OFFSETOF : 'offsetof' | '__builtin_offsetof' ;

Identifier : [A-Za-z_$] [A-Za-z_0-9$]* ;
IntegerLiteral
    : ('0' [xX] [0-9A-Fa-f'] [0-9A-Fa-f']* | '0' [bB] [01] [01']* | [0-9] [0-9']*) [uUlL]*
    ;
FloatLiteral
    : ([0-9]+ '.' [0-9]* | '.' [0-9]+) ([eE] [+-]? [0-9]+)? [fFlL]?
    | [0-9]+ [eE] [+-]? [0-9]+ [fFlL]?
    ;
CharLiteral : [LuU]? '\'' (Escape | ~['\\\r\n])+ '\'' ;
StringLiteral : ('L' | 'u8' | 'u' | 'U')? '"' (Escape | ~["\\\r\n])* '"' ;
fragment Escape : '\\' ~[\r\n] ;

// Up to the line's end, and on where the line end is escaped.
Directive : '#' ('\\' '\r'? '\n' | ~[\r\n])* ;

Blank : ([ \t\r\n\f\u000B] | '\\' '\r'? '\n')+ -> channel(HIDDEN) ;

LeftBrackets : '[[' ;
Punctuation
    : '...' | '->' | '++' | '--' | '+=' | '-=' | '*=' | '/=' | '%=' | '&=' | '|=' | '^=' | '<<='
    | '>>=' | '##'
    ;

// Whatever else: the parser says where it stands.
Stray : . ;
