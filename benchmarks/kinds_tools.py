"""The tools that are run for the benchmark of file kinds, and on what.

Belongs here: one row per tool and form; how a row is carried out is in `kinds_recipes`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from benchmarks.kinds_recipes import Recipe, entry, first, package_roots, picker


# fmt: off
def recipes(folder: Path, split: str) -> list[Recipe]:
    """What is made for "tune" or "held"; the held-out part has tools of its own."""
    pick = picker(folder)
    node, py = "$base/node/node_modules/.bin/", "$base/py/bin/"
    if split == "tune":
        grammars = pick("debian_bison", "**/*.y", "debian_byacc", "test/*.y", "debian_mawk", "*.y", "debian_swig", "**/*.y", "debian_gettext", "**/*.y", "debian_flex", "**/*.y")
        lexers = pick("debian_bison", "**/*.l", "debian_flex", "**/*.l", "debian_thrift", "**/*.ll")
        protos = pick("npm_google-proto-files", "google/api/*.proto", "npm_google-proto-files", "google/rpc/**/*.proto", "npm_google-proto-files", "google/logging/**/*.proto", "npm_google-proto-files", "google/spanner/**/*.proto", "npm_google-proto-files", "google/pubsub/**/*.proto")
        proto_root = first(package_roots(folder, "npm_google-proto-files"), folder)
        types = pick("npm_rxjs", "src/**/*.ts", "npm_ajv", "lib/**/*.ts")
        scripts = pick("npm_d3-geo", "src/**/*.js", "npm_moment", "src/**/*.js", "npm_eslint", "lib/rules/*.js", "npm_express", "lib/**/*.js", "npm_three", "src/core/*.js")
        modules = pick("npm_three", "src/math/*.js", "npm_d3-geo", "src/**/*.js", "npm_moment", "src/lib/**/*.js")
        styles = pick("npm_bootstrap", "dist/css/*[a-z].css")
        sass = pick("npm_bootstrap", "scss/[a-z]*.scss")
        packages = ["d3-shape", "luxon", "uuid", "lodash-es", "date-fns", "yup", "commander", "d3-force", "d3-hierarchy"]
        pyx = pick("pypi_cython", "Demos/**/*.pyx", "pypi_cython", "tests/run/[a-e]*.pyx")
        pys = pick("pypi_jinja2", "**/jinja2/*.py", "pypi_mako", "mako/*.py", "pypi_networkx", "networkx/classes/*.py")
        g4 = pick("pypi_sympy", "**/*.g4", "written/tune", "*.g4")
        swig_languages, binaries = ("python", "java", "lua", "javascript -node"), pick("py", "lib/*/site-packages/lark/__pycache__/*.pyc")
    else:
        grammars = pick("debian_bc", "**/*.y", "debian_nftables", "**/*.y", "debian_gawk", "*.y", "debian_graphviz", "lib/**/*.y", "debian_libpcap", "*.y*")
        lexers = pick("debian_bc", "**/*.l", "debian_nftables", "**/*.l", "debian_graphviz", "**/*.l", "debian_libpcap", "*.l")
        protos = pick("system", "usr/include/google/protobuf/*.proto", "debian_ola", "**/*.proto", "debian_protobuf-c", "t/*.proto")
        proto_root = Path("$dir")
        types = pick("npm_immer", "src/**/*.ts", "npm_redux", "src/**/*.ts", "node/zod", "src/v4/core/*.ts", "node/effect", "src/*.ts")
        scripts = pick("npm_leaflet", "src/**/*.js", "npm_preact", "src/**/*.js", "npm_codemirror", "mode/*/*.js", "npm_fastify", "lib/*.js")
        modules = pick("npm_leaflet", "src/**/*.js", "npm_katex", "src/*.js", "npm_preact", "src/**/*.js")
        styles = pick("npm_codemirror", "theme/*.css", "npm_prismjs", "themes/*.css", "npm_animate.css", "source/**/*.css")
        sass = pick("npm_katex", "src/styles/*.scss", "npm_jsoneditor", "src/scss/**/*.scss")
        packages = ["zod", "xstate", "immutable", "marked", "micromark", "remeda", "ts-pattern", "effect"]
        pyx = pick("pypi_scipy", "scipy/special/*.pyx", "pypi_scipy", "scipy/**/*.pyx")
        pys = pick("pypi_tornado", "tornado/*.py", "pypi_nltk", "nltk/stem/*.py", "pypi_sqlglot", "sqlglot/*.py")
        g4 = pick("pypi_hydra-core", "**/*.g4", "written/held", "*.g4")
        swig_languages, binaries = ("ruby", "perl", "csharp", "tcl", "php", "go -intgosize 64"), pick("py", "lib/*/site-packages/mypyc/__pycache__/*.pyc", "py", "lib/*/site-packages/python_minifier/__pycache__/*.pyc")
    interfaces = pick("debian_swig", "Examples/python/*/*.i", "debian_swig", "Examples/test-suite/[a-c]*.i")
    entries = tuple(entry(folder, name) for name in packages)
    proto = f"-I {proto_root} -I /usr/include"
    grpc = f"{py}python -m grpc_tools.protoc -I {proto_root} -I /usr/include"
    made = [
        Recipe("bison", "generated", grammars, "bison -d $in", "*.c *.h *.cc *.hh *.hpp *.cpp"),
        Recipe("bison-lalr1.cc", "generated", grammars, "bison -L c++ -o p.cc $in", "*.cc *.hh"),
        Recipe("bison-java", "generated", grammars, "bison -L java -o P.java $in", "*.java"),
        Recipe("flex", "generated", lexers, "flex $in", "*.c *.cc"),
        Recipe("flex-cpp", "generated", lexers, "flex -Cf -o lexer.cpp $in", "*.cpp"),
        Recipe("byacc", "generated", grammars, "byacc -d $in", "*.c"),
        *(Recipe(f"protoc-{language}", "generated", protos, f"protoc {proto} --{language}_out=$out $in", "**/*.*")
          for language in ("python", "cpp", "java", "csharp", "ruby", "objc", "php", "pyi", "kotlin")),
        Recipe("protoc-grpc", "generated", protos, f"{grpc} --grpc_python_out=$out $in", "**/*.py"),
        Recipe("protoc-go", "generated", protos, f"protoc {proto} --go_out=$out $in", "**/*.go"),
        Recipe("mypy-protobuf", "generated", protos, f"{grpc} --plugin={py}protoc-gen-mypy --mypy_out=$out $in", "**/*.pyi"),
        Recipe("ts-proto", "generated", protos, f"protoc {proto} --plugin={node}protoc-gen-ts_proto --ts_proto_out=$out $in", "**/*.ts"),
        Recipe("pbjs", "generated", protos, f"{node}pbjs -p {proto_root} -t static-module -w commonjs -o messages.js $in && {node}pbts -o messages.d.ts messages.js", "*.js *.ts"),
        *(Recipe(f"antlr4-{language}", "generated", g4, f"cp $in . && antlr4 -Dlanguage={language} -visitor *.g4", "*.py *.java *.js *.cs *.cpp *.h *.go *.swift")
          for language in ("Python3", "Java", "JavaScript", "CSharp", "Cpp", "Go")),
        *(Recipe(f"swig-{language.split()[0]}", "generated", interfaces, f"cp $in m.i && swig -{language} -c++ -I$dir m.i", "*.c *.cxx *.py *.java *.cs *.go *.pm *.php *.rb")
          for language in swig_languages),
        Recipe("cython", "transpiled", pyx, f"cp $in $stem.pyx && {py}cython -3 $stem.pyx", "*.c"),
        Recipe("stubgen", "generated", pys, f"{py}stubgen -q -o $out $in", "**/*.pyi"),
        *(Recipe(f"tsc-{target}-{module}", "transpiled", types, f"{node}tsc --ignoreConfig --target {target} --module {module} --noCheck --noResolve --skipLibCheck --outDir $out $in", "**/*.js")
          for target, module in (("es2015", "commonjs"), ("es2022", "commonjs"), ("es2022", "esnext"))),
        Recipe("tsc-declarations", "generated", types, f"{node}tsc --ignoreConfig --target es2022 --declaration --emitDeclarationOnly --noCheck --noResolve --skipLibCheck --outDir $out $in", "**/*.d.ts"),
        Recipe("babel-env", "transpiled", modules, f"cd $base/node && {node}babel --config-file $base/node/babel-old.js $in -o $out/$stem.js", "*.js"),
        Recipe("babel-typescript", "transpiled", types, f"cd $base/node && {node}babel --config-file $base/node/babel-typescript.js $in -o $out/$stem.js", "*.js"),
        Recipe("esbuild-transform", "transpiled", types, f"{node}esbuild --format=cjs $in --outfile=$stem.js", "*.js"),
        Recipe("esbuild-bundle", "bundled", entries, f"{node}esbuild --bundle --format=cjs --platform=node $in --outfile=$stem.js", "*.js"),
        Recipe("esbuild-iife", "bundled", entries, f"{node}esbuild --bundle --format=iife --target=es2018 $in --outfile=$stem.js", "*.js"),
        Recipe("esbuild-minified", "bundled+minified", entries, f"{node}esbuild --bundle --minify $in --outfile=$stem.js", "*.js"),
        *(Recipe(f"rollup-{form}", "bundled", entries, f"cd $base/node && {node}rollup -p @rollup/plugin-node-resolve -f {form} -n Lib $in -o $out/$stem.js", "*.js")
          for form in ("es", "cjs", "umd", "iife", "system", "amd")),
        Recipe("webpack-development", "bundled", entries, f"cd $base/node && {node}webpack --mode development --devtool false --entry $in -o $out", "*.js"),
        Recipe("webpack-eval", "bundled", entries, f"cd $base/node && {node}webpack --mode development --entry $in -o $out", "*.js"),
        Recipe("webpack-production", "bundled+minified", entries, f"cd $base/node && {node}webpack --mode production --entry $in -o $out", "*.js"),
        Recipe("browserify", "bundled", entries, f"cd $base/node && {node}esbuild --format=cjs $in --outfile=$out/entry.js && cp $out/entry.js ./entry-$stem.js && {node}browserify entry-$stem.js -o $out/$stem.js; rm -f $out/entry.js entry-$stem.js", "*.js"),
        Recipe("terser", "minified", scripts, f"{node}terser -c -m -- $in > $stem.js", "*.js"),
        Recipe("terser-wrapped", "minified", scripts, f"{node}terser -c -m -f max_line_len=80 -- $in > $stem.js", "*.js"),
        Recipe("uglify", "minified", scripts, f"{node}uglifyjs -c -m -- $in > $stem.js", "*.js"),
        Recipe("esbuild-minify", "minified", scripts, f"{node}esbuild --minify $in --outfile=$stem.js", "*.js"),
        Recipe("clean-css", "minified", styles, f"{node}cleancss -o $stem.css $in", "*.css"),
        Recipe("csso", "minified", styles, f"{node}csso $in -o $stem.css", "*.css"),
        Recipe("sass", "transpiled", sass, f"{node}sass --no-source-map --quiet $in $stem.css", "*.css"),
        Recipe("sass-compressed", "minified", sass, f"{node}sass --no-source-map --quiet --style=compressed $in $stem.css", "*.css"),
        Recipe("python-minifier", "minified", pys, f"{py}pyminify --remove-literal-statements $in -o $stem.py", "*.py"),
        Recipe("xxd", "encoded", binaries, "cp $in image.png && xxd -i image.png image.h", "*.h"),
        Recipe("base64-python", "encoded", binaries, "(echo 'IMAGE = \"\"\"'; base64 $in; echo '\"\"\"') > images.py", "*.py"),
        Recipe("base64-js", "encoded", binaries, "(printf 'export const logo = \"data:image/png;base64,'; base64 -w0 $in; echo '\";') > logo.js", "*.js"),
        Recipe("escapes-c", "encoded", binaries, "(echo 'const char data[] ='; xxd -p -c 16 $in | sed 's/\\(..\\)/\\\\x\\1/g;s/^/  \"/;s/$/\"/'; echo ';') > data.c", "*.c"),
    ]
    return made + (_tuning_tools(pick, node, py) if split == "tune" else _held_tools(pick, node, py))


def _tuning_tools(pick: Callable[..., tuple[Path, ...]], node: str, py: str) -> list[Recipe]:
    bare = pick("written/tune", "*.ne")
    lark = pick("pypi_lark", "**/*.lark")
    gperf = pick("debian_gperf", "tests/*.gperf", "debian_gperf", "tests/*.gp*")
    coffee = pick("written/tune", "*.coffee")
    ply = pick("written/tune", "*.ply.py")
    projects = pick("written/tune", "*/CMakeLists.txt")
    autotools = pick("written/tune", "*/configure.ac")
    thrift = pick("debian_thrift", "tutorial/*.thrift", "debian_thrift", "test/*.thrift")
    valas = pick("written/tune", "*.vala")
    return [
        Recipe("nearley", "generated", bare, f"{node}nearleyc $in -o grammar.js", "*.js"),
        Recipe("lark-standalone", "generated", lark, f"{py}python -m lark.tools.standalone $in > parser.py", "*.py"),
        Recipe("gperf", "generated", gperf, "gperf $in > hash.c", "*.c"),
        Recipe("gperf-ansi", "generated", gperf, "gperf -L ANSI-C -t -N in_word_set $in > keywords.h", "*.h"),
        Recipe("coffee", "transpiled", coffee, f"{node}coffee -c -o $out $in", "*.js"),
        Recipe("ply", "generated", ply, f"cp $in g.py && {py}python g.py", "parsetab.py lextab.py"),
        Recipe("cmake", "build_generated", projects, "cmake -S $dir -B $out", "CMakeCache.txt Makefile *.cmake CMakeFiles/*.cmake CMakeFiles/Makefile2 CMakeFiles/*/*.make CMakeFiles/*/*.cmake"),
        Recipe("cmake-ninja", "build_generated", projects, "cmake -G Ninja -S $dir -B $out", "build.ninja CMakeFiles/*.ninja"),
        Recipe("autotools", "build_generated", autotools, "cp -r $dir/. . && autoreconf -fi && ./configure", "configure aclocal.m4 **/Makefile.in **/Makefile config.status config.h config.h.in libtool ltmain.sh config.guess depcomp missing install-sh compile"),
        *(Recipe(f"thrift-{language}", "generated", thrift, f"thrift --gen {language} -out $out $in", "**/*.*")
          for language in ("py", "cpp", "java", "js", "rb", "go")),
        Recipe("valac", "transpiled", valas, "valac -C -d $out $in", "**/*.c"),
    ]


def _held_tools(pick: Callable[..., tuple[Path, ...]], node: str, py: str) -> list[Recipe]:
    types = pick("npm_immer", "src/**/*.ts", "npm_redux", "src/**/*.ts", "node/effect", "src/*.ts")
    rl = pick("written/held", "*.rl")
    re = pick("written/held", "*.re")
    fbs = pick("debian_flatbuffers", "**/*.fbs")
    return [
        Recipe("swc", "transpiled", types, f"cd $base/node && {node}swc $in -C module.type=commonjs -C jsc.target=es5 -C jsc.parser.syntax=typescript -o $out/$stem.js", "*.js"),
        Recipe("sucrase", "transpiled", types, f"mkdir -p t && cp $in t/ && {node}sucrase t -d $out --transforms typescript,imports", "*.js"),
        Recipe("ragel", "generated", rl, "ragel -o machine.c $in", "*.c"),
        Recipe("ragel-goto", "generated", rl, "ragel -G2 -o machine.c $in", "*.c"),
        Recipe("re2c", "generated", re, "re2c -W -o lexer.c $in", "*.c"),
        *(Recipe(f"flatc-{language}", "generated", fbs, f"flatc --{language} -I $dir -o $out $in", "**/*.*")
          for language in ("cpp", "python", "ts", "go", "rust")),
        Recipe("lemon", "generated", pick("written/held", "*.lemon.y"), "cp $in g.y && lemon g.y", "g.c g.h"),
        Recipe("happy", "generated", pick("written/held", "*.hy"), "happy -o P.hs $in", "*.hs"),
        Recipe("alex", "generated", pick("written/held", "*.x"), "alex -o L.hs $in", "*.hs"),
        Recipe("menhir", "generated", pick("written/held", "*.mly"), "cp $in p.mly && menhir p.mly --infer-write-query q.ml && menhir --no-code-inspection p.mly", "p.ml"),
        Recipe("ocamlyacc", "generated", pick("written/held", "*.mly"), "cp $in p.mly && ocamlyacc p.mly", "p.ml"),
        Recipe("ocamllex", "generated", pick("written/held", "*.mll"), "cp $in l.mll && ocamllex l.mll", "l.ml"),
        Recipe("jflex", "generated", pick("written/held", "*.flex"), "cp $in L.flex && jflex L.flex", "*.java"),
        Recipe("javacc", "generated", pick("written/held", "*.jj"), "cp $in G.jj && javacc G.jj", "*.java"),
        Recipe("moc", "generated", pick("written/held", "*.hpp"), "moc $in -o moc.cpp", "*.cpp"),
        Recipe("uic", "generated", pick("written/held", "*.ui"), "uic $in -o form.h", "*.h"),
        Recipe("rpcgen", "generated", pick("written/held", "*.rpc"), "cp $in p.x && rpcgen p.x", "p.h p_clnt.c p_svc.c p_xdr.c"),
        Recipe("gdbus-codegen", "generated", pick("written/held", "*.dbus.xml"), "gdbus-codegen --generate-c-code d $in", "*.c *.h"),
        Recipe("wayland-scanner", "generated", pick("debian_wayland", "protocol/*.xml", "debian_wayland", "tests/data/*.xml"), "wayland-scanner private-code $in p.c && wayland-scanner client-header $in c.h && wayland-scanner server-header $in s.h", "*.c *.h"),
        Recipe("gengetopt", "generated", pick("written/held", "*.ggo"), "gengetopt < $in", "*.c *.h"),
        Recipe("mypyc", "transpiled", pick("pypi_textx", "textx/*.py"), f"cp $in m.py && {py}python -c \"from mypyc.build import mypycify; mypycify(['m.py'], target_dir='.')\"", "*.c"),
        Recipe("nim", "transpiled", pick("written/held", "*.nim"), "cp $in m.nim && nim c --compileOnly --nimcache:. m.nim && nim js -o:m.js m.nim", "@mm.nim.c m.js @m*.c"),
        Recipe("chicken", "transpiled", pick("written/held", "*.scm"), "csc -t -o m.c $in", "*.c"),
        Recipe("f2c", "transpiled", pick("pypi_scipy", "scipy/**/*.f", "written/held", "*.f"), "cp $in m.f && f2c m.f", "m.c"),
        Recipe("livescript", "transpiled", pick("written/held", "*.ls"), f"{node}lsc -c -o $out $in", "*.js"),
        Recipe("peggy", "generated", pick("npm_pegjs", "**/*.pegjs", "written/held", "*.pegjs"), f"{node}peggy -o p.js $in", "*.js"),
        Recipe("jison", "generated", pick("npm_jison", "**/*.jison", "written/held", "*.jison"), f"{node}jison -o p.js $in", "*.js"),
    ]
# fmt: on
