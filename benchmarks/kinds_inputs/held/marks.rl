#include <stdio.h>
%%{
    machine marks;
    action start { count++; }
    action done { printf("%d\n", count); }
    word = [a-z]+ >start;
    number = digit+ ('.' digit+)? >start;
    main := ( word | number | space | '"' [^"]* '"' )* %done;
}%%
%% write data;
int run_marks(const char *p, const char *pe) {
    int cs, count = 0;
    const char *eof = pe;
    %% write init;
    %% write exec;
    return cs >= marks_first_final;
}
