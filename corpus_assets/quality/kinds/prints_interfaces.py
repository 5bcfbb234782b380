"""Prints of code made from interface descriptions: messages, remote calls, bindings, forms.

The form of a row is that of `prints.Print`.
"""

from __future__ import annotations

# fmt: off
INTERFACES = {"generated": r"""
protobuf-python@python | AddSerializedFile _descriptor.FileDescriptor _reflection.GeneratedProtocolMessageType | ^DESCRIPTOR\s*=\s*_descriptor(?:_pool)?\.
protobuf-pyi@python | _FIELD_NUMBER | ^\s+\w+_FIELD_NUMBER\s*:\s*(?:_ClassVar\[int\]|typing\.ClassVar|builtins\.int|int)
protobuf-pyi-classes@python | _descriptor.FileDescriptor google.protobuf.descriptor _descriptor.EnumDescriptor | ^DESCRIPTOR\s*:\s*\S*FileDescriptor\b
protobuf-go@go | protoreflect. protoimpl. | ^(?:const|var)\s+(?:\(\s*$|file_\w+_(?:rawDesc|msgTypes|goTypes|depIdxs|enumTypes)\b) ;; \bfile_\w+_(?:rawDesc|msgTypes|goTypes|enumTypes)\b
protobuf-cpp@c+cpp | google::protobuf::internal | 8 ::(?:google::protobuf|PROTOBUF_NAMESPACE_ID)::internal:: ;; \b(?:PROTOBUF_NAMESPACE_OPEN|PROTOBUF_CONSTEXPR|TableStruct_\w+|descriptor_table_\w+|PROTOBUF_ATTRIBUTE_INIT_PRIORITY\w*)\b
protobuf-cpp-macros@c+cpp | PROTOBUF_NAMESPACE_ID TableStruct_ | 4 ::PROTOBUF_NAMESPACE_ID:: ;; \b(?:TableStruct_\w+|descriptor_table_\w+|PROTOBUF_CONSTEXPR)\b
protobuf-java@java | com.google.protobuf.GeneratedMessage com.google.protobuf.Descriptors com.google.protobuf.MessageOrBuilder | @@protoc_insertion_point|\binternal_static_\w+_descriptor\b|^\s*(?:public\s+)?(?:static\s+)?void\s+registerAllExtensions\(|OrBuilder\s+extends\b|^\s*public\s+static\s+final\s+int\s+\w+_(?:FIELD_NUMBER|VALUE)\s*=
protobuf-java-orbuilder@java | com.google.protobuf.ByteString com.google.protobuf.MessageOrBuilder | ^public\s+interface\s+\w+OrBuilder\s+extends
protobuf-csharp@csharp | pbr::FileDescriptor pb::IMessage pbr::GeneratedClrTypeInfo | \bpbr?::\w+
protobuf-ruby@ruby | generated_pool | ^(?:\s*Google::Protobuf::DescriptorPool\.generated_pool\.(?:build|add_serialized_file)|\s*pool\s*=\s*Google::Protobuf::DescriptorPool\.generated_pool|\s*\w+\s*=\s*(?:::)?Google::Protobuf::DescriptorPool\.generated_pool\.lookup)
protobuf-objc@objective_c+c+cpp | GPBRootObject GPBDescriptor GPB_FINAL GPBMessage GPBFieldDescription GPBObjCClass | 2 \bGPB[A-Z_]\w+ ;; ^(?:GPB_FINAL\s+)?@(?:interface|implementation|class)\s+\w+|^GPBObjCClass ;; ^\#\s*pragma\s+(?:mark|clang)
protobuf-php@php | Google\Protobuf\Internal GPBMetadata | Google\\Protobuf\\Internal\\\w+ ;; (?:initOnce|\\Google\\Protobuf\\Internal\\GPBUtil::check|DescriptorPool::getGeneratedPool)
protobuf-php-enum@php | UnexpectedValueException valueToName | ^\s*private\s+static\s+\$valueToName\s*=\s*\[
grpc-python-version@python | GRPC_GENERATED_VERSION | ^GRPC_GENERATED_VERSION\s*=\s*'[\d.]+'
protobuf-kotlin@kotlin | kotlin.jvm.JvmSynthetic kotlin.jvm.JvmName | ^\s*@(?:kotlin\.)?(?:jvm\.)?JvmSynthetic ;; (?:com\.google\.protobuf\.kotlin|\b_create\(|_builder\b)
grpc-python@python | method_handlers_generic_handler channel.unary_unary channel.unary_stream | ^\s+self\.\w+\s*=\s*channel\.(?:unary|stream)_(?:unary|stream)\( ;; ^def\s+add_\w+_to_server\(
grpc-go@go | grpc.ServiceDesc grpc.ClientConnInterface | ^var\s+_?\w+_(?:ServiceDesc|serviceDesc)\s*=\s*grpc\.ServiceDesc
grpc-java@java | io.grpc.MethodDescriptor getServiceDescriptor | \bMETHODID_\w+\s*=\s*\d
betterproto@python | betterproto.Message | 2 =\s*betterproto\.\w+_field\(\s*\d
ts-proto@typescript | fromPartial protobufTypeUrl | ^export\s+(?:const|interface)\s+\w+ ;; \b(?:writer|reader)\.\w+\( ;; \bfromPartial\b
ts-proto-plain@typescript | $type DeepPartial protobufPackage | ^export\s+const\s+protobufPackage\s*=
pbjs@javascript | $protobuf. $Reader $Writer | 2 \.(?:encode|decode|verify|fromObject|encodeDelimited)\s*=\s*function ;; \$(?:root|util|protobuf|Reader|Writer)\b
pbts@typescript | $protobuf | ^import\s+\*\s+as\s+\$protobuf\s+from
protobuf-js@javascript | jspb.Message | 2 \bjspb\.(?:Message|BinaryReader|BinaryWriter)\.
thrift-python@python | TType. thrift_spec | (?:iprot|oprot)\.(?:readStructBegin|writeStructBegin|readMessageBegin|writeMessageBegin)\( ;; \bthrift_spec\b
thrift-python-constants@python | fix_spec all_structs | ^fix_spec\(all_structs\)|^all_structs\s*=\s*\[\]
thrift-python-imports@python | thrift.TRecursive | ^from\s+thrift\.TRecursive\s+import\s+fix_spec
thrift-java@java | org.apache.thrift.protocol.TField org.apache.thrift.TEnum org.apache.thrift.TBase | \b(?:TField\s+\w+_FIELD_DESC|TStruct\s+STRUCT_DESC|findByThriftId|implements\s+org\.apache\.thrift\.TEnum)\b
thrift-cpp-service@cpp+c | apache::thrift | ^class\s+\w+If(?:Factory|SingletonFactory|Null)?\b|\b_\w+__isset\b|^class\s+\w+(?:ProcessorFactory|ConcurrentClient)\b|^(?:extern\s+)?const\s+char\s*\*\s*_k\w+Names\[\]
thrift-cpp | apache::thrift::protocol::TProtocol | 2 ::apache::thrift::protocol::TProtocol ;; \b(?:xfer\s*\+=|__isset\b|uint32_t\s+\w+::(?:read|write)|uint32_t\s+(?:read|write)\()
thrift-js@javascript | Thrift.Type. | 2 \b(?:input|output)\.(?:read|write)(?:Struct|Field|Message)(?:Begin|End)\(
thrift-go-guards@go | thrift.ZERO GoUnusedProtection__ | ^var\s+_\s*=\s*(?:thrift\.ZERO|\w+\.GoUnusedProtection__)
thrift-ruby@ruby | Thrift::Struct Thrift::Client | ^\s*(?:include\s+::Thrift::(?:Struct|Client|Processor|Struct_Union)|FIELDS\s*=\s*\{) ;; \b(?:::Thrift::Struct\.generate_accessors|::Thrift::Types::|send_message|def\s+struct_fields)
thrift-go@go | thrift.TProtocol thrift.TStandardClient | 2 \b(?:iprot|oprot)\.(?:Read|Write)(?:Struct|Field|Message)(?:Begin|End)\(
flatbuffers-cpp@c+cpp | FLATBUFFERS_MIN_ALIGN FLATBUFFERS_FINAL_CLASS FLATBUFFERS_STRUCT_END flatbuffers::TypeTable private~flatbuffers::Table | ^(?:\s*VT_\w+\s*=\s*\d+|FLATBUFFERS_STRUCT_END\(\w+,\s*\d|FLATBUFFERS_MANUALLY_ALIGNED_STRUCT\(\d|inline\s+const\s+flatbuffers::TypeTable\s*\*)
flatbuffers-python@python | flatbuffers.table.Table flatbuffers.number_types | ^\s+(?:self\._tab\s*=\s*flatbuffers\.table\.Table\(|o\s*=\s*flatbuffers\.number_types\.UOffsetTFlags\.py_type) ;; ^\s*(?:class|def)\s
flatbuffers-python-builder@python | builder.StartObject builder.PrependUOffsetTRelativeSlot builder.EndObject | ^def\s+\w+(?:Start|Add\w+|End)\(builder
flatbuffers-go@go | rcv._tab | 2 \brcv\._tab\.
flatbuffers-ts@typescript+javascript | bb_pos flatbuffers.ByteBuffer | this\.bb_pos\s*=\s*\w+ ;; \bthis\.bb\b
flatbuffers-rust@rust | flatbuffers::VOffsetT flatbuffers::SIZE_SIZEPREFIX flatbuffers::EndianScalar | ^\s*(?:pub\s+)?(?:const|fn|struct|impl)\b.*(?:flatbuffers::|Offset|VT_)
capnproto@c+cpp | capnp::schemas CAPNP_DECLARE_ CAPNP_DEFINE_ | 2 \bCAPNP_(?:DECLARE|DEFINE)_\w+\(|\bcapnp::schemas::
swig-c@c+cpp | SWIG_ | ^\s*(?:static\s+)?swig_type_info\s*\*?\s*swig_types\[\d|^\#define\s+SWIGTYPE_p_\w+|^\#define\s+SWIGVERSION|^SWIGEXPORT\s|^\#\s*define\s+SWIG(?:TEMPLATEDISAMBIGUATOR|INLINE|UNUSED)
swig-python@python | _swig_setattr_nondynamic _swig_repr _swig_property _swig_python_version_info | ^def\s+_swig_(?:setattr_nondynamic|repr|add_metaclass)|^(?:import|from)\s+\S*_?swig
swig-java@java+csharp | swigCPtr swigCMemOwn SWIGTYPE_p_ swigValue | \bswigCPtr\b|\bswigCMemOwn\b|\bSWIGTYPE_p_\w+|\bswigValue\b
swig-jni@java | static~native | 3 ^\s*public\s+final\s+static\s+native\s
swig-module@java+csharp | JNI. PINVOKE. | \b\w+(?:JNI|PINVOKE)\.\w+\(
swig-csharp-pinvoke@csharp | SWIGExceptionHelper SWIGStringHelper SWIGPendingException | \bDllImport\(
swig-go@go | _swig_ SwigcptrX Swigcptr _swig_fnptr | 3 \b(?:Swigcptr\w*|_swig_\w+|SwigIs\w+)\b
swig-perl@perl | swig_ swigc | ^package\s+\S+; ;; ^\s*\*\w+\s*=\s*\*\S+c::\w+|\bswig_(?:init|\w+_(?:get|set))\b
swig-php@php | _cPtr swig_ | ^\s*(?:abstract\s+)?class\s+\w+ ;; \b_cPtr\b
sip-qt@c+cpp | sipAPI sipTypeDef | 5 \bsip[A-Z]\w+
qt-moc@c+cpp | qt_meta_stringdata_ qt_static_metacall qt_meta_data_ | ^\s*(?:static\s+)?(?:const|void|struct|QT_INIT\w+).*\b(?:qt_meta_stringdata_\w+|qt_meta_data_\w+|qt_static_metacall) ;; \bqt_(?:static_metacall|metacall|metacast)\b
qt-uic@c+cpp | retranslateUi | ^\s*void\s+setupUi\(\w+\s*\*\w+\) ;; ^\s*void\s+retranslateUi\(
qt-uic-python@python | retranslateUi | ^\s+def\s+setupUi\(self ;; ^\s+def\s+retranslateUi\(self
qt-rcc@c+cpp+python | qt_resource_data qt_resource_struct | ^(?:static\s+const\s+unsigned\s+char\s+)?qt_resource_(?:data|name|struct)(?:\[\])?\s*=
wayland@c+cpp | wl_proxy_marshal wl_resource_post_event wl_interface | ^static\s+const\s+struct\s+wl_interface\s*\*\w*types\[\]|^\#define\s+[A-Z_\d]+_SINCE_VERSION\s+\d ;; \b(?:wl_proxy_marshal\w*|wl_proxy_add_listener|wl_resource_post_event)\(|^(?:WL_EXPORT|WL_PRIVATE)\s+const\s+struct\s+wl_interface|^extern\s+const\s+struct\s+wl_interface
gdbus@c+cpp | _ExtendedGDBus GDBUS_CODEGEN gdbus_codegen | \b_ExtendedGDBus(?:Arg|Method|Property|Signal|Interface)Info\b
gdbus-header@c+cpp | _interface_info G_DEFINE_AUTOPTR_CLEANUP_FUNC | ^(?:const\s+)?GDBusInterfaceInfo\s*\*\w+_interface_info\s*\(void\) ;; _proxy_new_for_bus_sync\s*\(
glib-marshal@c+cpp | g_cclosure_user_marshal g_marshal_value_peek | ^\#\s*define\s+g_marshal_value_peek_\w+
rpcgen@c+cpp | xdrproc_t xdr_ | ^bool_t\n?\s*xdr_\w+\s*\(XDR\s*\*xdrs ;; ^\s*(?:register\s+)?int32_t\s+\*buf;|^\s+return\s+TRUE;
rpcgen-calls@c+cpp | clnt_call TIMEOUT~= svc_getargs rq_proc | ^static\s+struct\s+timeval\s+TIMEOUT\s*=\s*\{\s*25|\(xdrproc_t\)\s*_xdr_\w+|^\s*union\s*\{[^}]*\}\s*argument;
rpcgen-header@c+cpp | _1_svc clnt_stat | ^extern\s+.*\b\w+_\d+_svc\( ;; ^\#define\s+\w+\s+(?:0x)?\d+
gengetopt@c+cpp | gengetopt_args_info cmdline_parser_ | \bstruct\s+gengetopt_args_info\b ;; \bcmdline_parser\w*\s*\(
windows-forms@csharp | InitializeComponent | ^\s*private\s+void\s+InitializeComponent\(\) ;; \.SuspendLayout\(\);
android-r@java | class~R~{ | ^public\s+final\s+class\s+R\s*\{ ;; 5 ^\s*public\s+static\s+final\s+int\s+\w+\s*=\s*0x7f
bindgen@rust | __bindgen_ __BindgenBitfieldUnit | 2 \b__[Bb]indgen\w*
mockgen@go | gomock.Controller | ^func\s+NewMock\w+\(ctrl\s+\*gomock\.Controller\)
deepcopy@go | DeepCopyInto | 2 ^func\s+\(in\s+\*\w+\)\s+DeepCopyInto\(out\s+\*\w+\)
stringer@go | _index~= | ^const\s+_\w+_name\s*=\s*" ;; ^var\s+_\w+_index\s*=
django-migration@python | migrations.Migration | ^class\s+Migration\(migrations\.Migration\): ;; \A(?>#[^\n]*+\n|\s+|from\s+\S+\s+import\s[^\n]*+\n|import\s[^\n]*+\n)*+class\s+Migration
relay@javascript+typescript | concreteType argumentDefinitions | \bselections\b ;; "kind"\s*:\s*"(?:Request|Operation|Fragment)"
"""}
# fmt: on
