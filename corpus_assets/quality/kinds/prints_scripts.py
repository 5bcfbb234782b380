"""Prints of compilers that write source code, of bundlers, and of build tools.

The form of a row is that of `prints.Print`.
"""

from __future__ import annotations

# fmt: off
SCRIPTS = {
"transpiled": r"""
pure@javascript | __PURE__ | /\*\s*[#@]__PURE__\s*\*/ ;; \A(?![\s\S]*?^\s*(?:export\s+)?(?:const|let|class)\s) ;; \bvar\s
es-module@javascript | __esModule | ^\s*(?:"use strict";\s*)?(?:\(?0,\s*)?Object\.defineProperty\(exports,\s*(?:Symbol\.toStringTag|["']__esModule["'])
es-module-assigned@javascript | exports.__esModule | ^\s*(?:module\.)?exports\.__esModule\s*=\s*(?:true|!0)
typescript@javascript | this.__ | ^\s*var\s+__(?:extends|assign|awaiter|generator|rest|decorate|param|metadata|importDefault|importStar|createBinding|exportStar|spreadArrays?|spread|read|values|makeTemplateObject|classPrivateField[GS]et|asyncValues|await|asyncGenerator|setModuleDefault|addDisposableResource|runInitializers|esDecorate|propKey|setFunctionName)\s*=\s*\(?\s*\(?this\s*&&
typescript-tslib@javascript | tslib_1 from~"tslib" | ^(?:var|const)\s+tslib_\d\s*=\s*require\(|^import\s*\{[^}]*\b__\w+[^}]*\}\s*from\s*["']tslib["']
typescript-enum@javascript | {})); | ^\(function\s*\((\w+)\)\s*\{\n\s+\1\[\1\["\w+"\]\s*=\s*-?\d+\]\s*=\s*"
babel@javascript | function~_ | ^\s*function\s+_(?:interopRequireDefault|interopRequireWildcard|getRequireWildcardCache|classCallCheck|createClass|defineProperty|defineProperties|inherits|inheritsLoose|possibleConstructorReturn|assertThisInitialized|objectSpread2?|ownKeys|toConsumableArray|slicedToArray|asyncToGenerator|asyncGeneratorStep|extends|typeof|createSuper|callSuper|wrapNativeSuper|taggedTemplateLiteral|objectWithoutProperties\w*|createForOfIteratorHelper\w*|unsupportedIterableToArray|toPropertyKey|class_call_check|define_property|interop_require_default|interop_require_wildcard|ts_generator|async_to_generator|object_spread|create_class|call_super|sliced_to_array|array_like_to_array|optionalChain|nullishCoalesce|_ts_\w+|export|export_star|createNamedExportFrom|createStarExport|regeneratorRuntime|regenerator)\(
babel-runtime@javascript | @babel/runtime @swc/helpers | ^\s*(?:var|const|import)\s.*["'](?:@babel/runtime\w*(?:-corejs\d)?|@swc/helpers)/
regenerator@javascript | regeneratorRuntime _regenerator | \bregeneratorRuntime(?:\(\))?\.(?:mark|wrap)\(|\b_regenerator\w*(?:\(\))?\.(?:mark|wrap|m|w)\(
esbuild@javascript | __defProp __getOwnPropNames __toCommonJS __publicField __toESM __commonJS | ^\s*var\s+__(?:defProp|getOwnPropNames|copyProps|toCommonJS|toESM|commonJS|export|esm|name|publicField|async|spreadValues|hasOwnProp)\s*=
jsx@javascript | _jsxFileName _jsx_runtime | ^(?:var|const)\s+_jsx(?:FileName|_runtime|Runtime)\b
coffee@javascript | }).call(this) | <head>\(function\(\)\s?\{\n\s+(?:'use strict';\s*|"use strict";\s*)?(?:var|const|let|(?:\w+\.)+\w+\s*=|/\*|//) ;; \}\)\.call\(this\);\s*\Z
livescript@javascript | ).call(this); | ^\s*function\s+(?:import|bind|in|curry|extend|clone|compose|not|repeatString|partialize|deepEq)\$\(
closure-compiler@javascript | $jscomp | 2 \$jscomp\.
clojurescript@javascript | cljs.core. | 10 \bcljs\.core\.\w+
haxe@javascript | $hxClasses $hx_exports | \$hx(?:Classes|_exports|Enums)\b
elm@javascript | _elm_lang F2( | 10 \b(?:_elm_lang\$|\$elm\$\w+|\$author\$project)
dart-js@javascript | $isolate dart_precompiled dartProgram | \bdart_precompiled\b|function\s+dartProgram\(
nim-js@javascript | ~NTI | 3 \b\w+_{2,}\w*_u?\d+\b ;; \bNTI\d+\b
transcrypt@javascript | __pragma__ | 2 \b__(?:class|get|def)__\s*\(
brython-skulpt@javascript | $B. Sk. | 10 (?:\$B|Sk\.(?:builtin|misceval|ffi))\.\w
emscripten@javascript | HEAPU8 Module["asm"] dynCall_ | 2 \b(?:HEAP(?:U?8|U?16|U?32|F64)\b|Module\[["']\w+["']\]|dynCall_\w+)
asm-js | use~asm | ^\s*["']use asm["'] ;; \|\s*0\b
cython@c+cpp | __pyx_ | 10 \b__pyx_(?:t_\d+|k_|n_s_|pw_\d|pf_\d|kp_|v_\w+|mstate|L\d+_)
mypyc@c+cpp | CPyDef_ CPyStatic_ CPyStatics | 3 \bCPyDef_\w+\s*\( ;; \bCPyStatics?\b|\bCPyStatic_\w+
pythran@c+cpp | pythonic:: | 10 \bpythonic::
nim-c@c+cpp | N_LIB_PRIVATE N_NIMCALL NIM_INTBITS nimfr_ | \bN_(?:LIB_PRIVATE|NIMCALL|INLINE|CDECL)\b
vala@c+cpp | _tmp0_ | 5 \b_tmp\d+_\b
chicken@c+cpp | C_noret_decl C_word C_trace | 10 \bC_(?:word|trace|noret|fcall|ccall|save\w*|i_\w+|SCHEME_\w+|mutate|stack\w*|retrieve\w*)\b ;; \blf\[|\bf_\d+\b
gambit@c+cpp | ___LBL ___BEGIN | 10 \b___(?:LBL|BEGIN|END|SET|IF|JUMP)\w*\(
f2c@c+cpp | f2c.h | ^#include\s+["<]f2c\.h[">]
f2c-body@c+cpp | Parameter~adjustments Builtin~functions System~generated | 2 /\*\s*(?:Parameter adjustments|Function Body|Builtin functions|System generated locals)\s*\*/
ocaml-js@javascript | caml_ joo_global_object | 20 \bcaml_\w+
ghcjs-purescript@javascript | $foreign Data_ | ^(?:import|var|const)\s+\*?\s*(?:as\s+)?(?:Data|Control|Effect)_\w+ ;; \bvar\s+\w+\s*=\s*function\s*\(dict\w+\)
ada-c-vhdl@c+cpp | __gnat_ | 5 \b__gnat_\w+
source-map@javascript+css+typescript | sourceMappingURL | ^\s*(?://[#@]\s*sourceMappingURL=\S+|/\*[#@]\s*sourceMappingURL=\S+\s*\*/)\s*\Z
""",
"bundled": r"""
webpack@javascript | __webpack_require__ | ^\s*(?:/\*+/\s*)?function\s+__webpack_require__\s*\(
webpack-modules@javascript | __webpack_modules__ __webpack_exports__ | ^\s*(?:/\*+/\s*)*(?:var|const)\s+__webpack_(?:modules|module_cache|exports)__\s*=
webpack-umd@javascript | webpackUniversalModuleDefinition | ^\s*\(?!?function\s+webpackUniversalModuleDefinition\(
webpack-chunk@javascript | webpackChunk webpackJsonp | \(?(?:self|window|this|globalThis)\[?[."]+webpack(?:Chunk|Jsonp)\w*"?\]?\s*(?:=|\|\|)
browserify@javascript | require,module,exports | \[function\s*\(\s*(?:_dereq_|require),\s*module,\s*exports\)\s*\{
browserify-small@javascript | MODULE_NOT_FOUND | ^\(?!?function\s*\w*\(\)?\s*\{?function\s+\w\(\w,\w,\w\)\s*\{\s*function\s+\w\(\w,\w\)
renamed@javascript | $1 | 10 \b[A-Za-z_]\w+\$[1-9]\d?\b(?!['"])
export-list@javascript | export~{ | \A[\s\S]{40000,}^export\s*\{(?:[^},]*,){7}[^}]*\};?\s*(?://[^\n]*\s*)?\Z
export-chunk@javascript | export~{ | ^(?:export|import)\s*\{(?:\s*[A-Za-z]\w{0,2} as \w+,?){6}
rollup-umd@javascript | global,~factory global,factory | <head>;?\(function\s*\(\s*global\s*,\s*factory\s*\)\s*\{
rollup-iife@javascript | =~(function | <head>(?:var|const)\s+\w+\s*=\s*\(?function\s*\((?:exports)?[\w, $]*\)\s*\{\s*["']use strict["'];
rollup-amd@javascript | define([ | <head>define\(\[[^\]]*\],\s*\(?\(?function\s*\((?:exports)[\w, $]*\)\s*\{\s*["']use strict["'];
system-js@javascript | System.register | <head>System\.register\(
esbuild-bundle@javascript | __commonJS __esm __toESM __export | ^var\s+(?:require|init)_\w+\s*=\s*__(?:commonJS|esm)\(
esbuild-iife@javascript | (()~=>~{ | \A(?>\s+|"use strict";)*+(?:var\s+\w+\s*=\s*)?\(\(\)\s*=>\s*\{\n ;; ^\s*//\s+\S+/\S+\.[cm]?[jt]sx?$
module-paths@javascript | //~src/ //~node_modules/ //~lib/ //~./ //~../ //~packages/ /*!*** !***~./ | 3 ^\s*(?://\s+|/\*+!?\s*(?:\*\s)?)(?:[\w@.-]*+/)++[\w.-]+\.[cm]?[jt]sx?(?:\s*\*+/)?$
concatenated@javascript | CONCATENATED | ^;?\s*//\s*CONCATENATED\s+MODULE
parcel@javascript | parcelRequire $parcel$ | \bparcelRequire\w*\s*=|\bfunction\s+\$parcel\$\w+\(
requirejs@javascript | define(' define(" | 3 ^\s*define\(\s*["'][\w@./-]+["']\s*,\s*(?:\[|function)
""",
"lock_file": r"""
npm-lock | "lockfileVersion" | \A\s*\{[^{]*"lockfileVersion"\s*:\s*\d
yarn-lock | yarn~lockfile | \A(?:\#[^\n]*\n)*\#\s*yarn\s+lockfile\s+v\d
pnpm-lock | lockfileVersion: | \AlockfileVersion:
cargo-lock | [[package]] | 3 ^\[\[package\]\]\nname\s*=\s*"[^"]+"\nversion\s*= ;; ^(?:checksum|source|files|sdist|content-hash|python-versions|wheels)\s*=
go-sum | ~h1: | \A(?>\S++ v\S++ h1:\S++\n)++\Z
composer-lock | "content-hash" | ^\s+"content-hash"\s*:\s*"[0-9a-f]{32}"
pipfile-lock | "pipfile-spec" | "_meta"\s*:
""",
"build_generated": r"""
configure@shell+other | ac_cv_ as_fn_ | \A\#! ;; 5 \bas_fn_\w+|\bac_cv_\w+ ;; ^\s*(?:ac_|as_|if\s+test)
config-status@shell+other | as_fn_ | \A\#! ;; ^(?:ac_cs_version|ac_cs_config|config_files|debug=)\S*=? ;; \bas_fn_
automake | am__ | 3 \bam__\w+ ;; ^ACLOCAL\s*= ;; ^VPATH\s*=
aclocal | AC_CONFIG_MACRO_DIRS | \A(?>\#[^\n]*+\n|\s+)*+m4_ifndef\(\[AC_CONFIG_MACRO_DIRS\]
autotools-script@shell+other | scriptversion= | ^scriptversion=\d{4}-\d\d-\d\d
config-header-in@c+cpp+other | #undef~HAVE_ #undef~PACKAGE #undef~STDC | <head>\#\s*undef\s ;; 6 ^\#\s*undef\s+\w+$ ;; \#\s*undef\s+(?:PACKAGE_(?:NAME|VERSION|STRING)|HAVE_\w+_H|STDC_HEADERS)
config-header | PACKAGE_TARNAME PACKAGE_BUGREPORT STDC_HEADERS | ^\#define\s+PACKAGE_(?:NAME|STRING|VERSION|TARNAME)\s+" ;; 2 ^/\*\s*\#\s*undef\s+\w+\s*\*/
libtool-script | func_mode_link func_fatal_error | 3 ^func_(?:mode_link|mode_install|fatal_\w+|echo|mkdir_p|mode_execute)\s*\(\)
cmake-make | CMAKE_SOURCE_DIR CMAKE_COMMAND cmake_progress | ^CMAKE_(?:SOURCE_DIR|BINARY_DIR|COMMAND)\s*=\s*/|^\s*@?\$\(CMAKE_COMMAND\)\s
cmake-install | CMAKE_INSTALL_PREFIX CMAKE_INSTALL_MANIFEST | ^if\(NOT\s+DEFINED\s+CMAKE_INSTALL_PREFIX\) ;; ^\s*set\(CMAKE_INSTALL_PREFIX\s+"
cmake-cache | CMAKE_CACHE_MAJOR_VERSION | ^\w+:(?:INTERNAL|STATIC|STRING|FILEPATH|BOOL|PATH)=
cmake-compiler | CMAKE_C_COMPILER_ID CMAKE_CXX_COMPILER_ID | ^set\(CMAKE_C(?:XX)?_COMPILER\s+"/
ninja | ninja_required_version | ^ninja_required_version\s*=\s*\d ;; ^(?:build|rule)\s
meson-makefile-qmake | QMAKE | ^QMAKE\s*=\s*/ ;; ^####### 
""",
}
# fmt: on
