-- What do packages bundle, vendor, copy or need that is stricter than their own label, or unknown?
SELECT
    origin,
    revision,
    host_license,
    host_class,
    relation,
    component,
    component_revision,
    component_license,
    component_class,
    dependency_scope,
    is_conflict,
    flags,
    n_files,
    n_bytes,
    reason,
    sample_paths
FROM license_chains
WHERE is_conflict OR len(flags) > 0
ORDER BY is_conflict DESC, origin, revision, relation, component;
