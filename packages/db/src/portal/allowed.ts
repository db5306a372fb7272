// What a statement of the portal may name. Lists of what is allowed: what is new in a server is refused until it stands here.

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Functions of pg_catalog that read no settings, files or other sessions, and neither write, wait nor tell anybody. */
export const FUNCTIONS = words(`
  count sum avg min max string_agg array_agg json_agg jsonb_agg json_object_agg jsonb_object_agg bool_and bool_or every
  bit_and bit_or percentile_cont percentile_disc mode stddev stddev_pop stddev_samp variance var_pop var_samp corr
  row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value
  lower upper initcap length char_length character_length octet_length substr substring left right btrim ltrim rtrim
  replace translate split_part concat concat_ws strpos position overlay reverse starts_with ascii chr md5 sha256
  encode decode regexp_replace regexp_match regexp_matches regexp_count regexp_like regexp_substr regexp_split_to_table
  regexp_split_to_array string_to_array string_to_table like_escape similar_escape similar_to_escape
  abs ceil ceiling floor round trunc mod power sqrt ln log exp sign div random width_bucket
  now clock_timestamp date_trunc date_part date_bin extract age to_char to_timestamp to_date to_number make_date make_interval
  make_timestamptz justify_days justify_hours justify_interval timezone overlaps isfinite
  num_nulls num_nonnulls pg_typeof pg_column_size
  json_array_length jsonb_array_length json_array_elements jsonb_array_elements json_array_elements_text
  jsonb_array_elements_text json_each jsonb_each json_each_text jsonb_each_text json_object_keys jsonb_object_keys
  json_extract_path jsonb_extract_path json_extract_path_text jsonb_extract_path_text json_typeof jsonb_typeof
  json_build_object jsonb_build_object json_build_array jsonb_build_array to_json to_jsonb row_to_json jsonb_pretty
  jsonb_strip_nulls jsonb_path_exists jsonb_path_query jsonb_path_query_array jsonb_path_query_first
  unnest array_length array_ndims array_lower array_upper cardinality array_to_string array_position array_positions
  array_remove array_append array_cat generate_series generate_subscripts host family masklen
`);

/** Types of pg_catalog that a value may be cast to. A cast to another one may run a function, or look something up. */
export const TYPES = words(`
  bool boolean int2 int4 int8 smallint integer bigint float4 float8 real numeric decimal text varchar bpchar char
  date time timetz timestamp timestamptz interval uuid json jsonb jsonpath inet cidr bytea bit varbit
`);

export const COLLATIONS = words("C POSIX ucs_basic default");

/** Words without brackets that tell the time; the others tell who is connected, and to what. */
export const VALUE_WORDS = words(`
  SVFOP_CURRENT_DATE SVFOP_CURRENT_TIME SVFOP_CURRENT_TIME_N SVFOP_CURRENT_TIMESTAMP SVFOP_CURRENT_TIMESTAMP_N
  SVFOP_LOCALTIME SVFOP_LOCALTIME_N SVFOP_LOCALTIMESTAMP SVFOP_LOCALTIMESTAMP_N
`);

/** Columns of functions in FROM that the server names itself. */
export const FUNCTION_COLUMNS = words("key value ordinality");

/** Why a function is refused that people ask for; the others are told that they are not on the list. */
export const REFUSED_FUNCTIONS: readonly (readonly [RegExp, string])[] = [
  [/^set_config$/, "it changes settings, the end of reading only among them"],
  [
    /^(current_setting|pg_show_all_settings)$/,
    "it reads the server's settings, and some hold secrets",
  ],
  [/^pg_sleep/, "it holds a connection and does nothing"],
  [/^(pg_notify|pg_listening_channels)$/, "it tells other programs"],
  [/^dblink/, "it opens other connections"],
  [/^(lo_|loread$|lowrite$)/, "it reads and writes large objects"],
  [/^pg_(read_|ls_|stat_file|file_|current_logfile)/, "it reads the server's files"],
  [/advisory/, "it takes locks that others wait for"],
  [/^pg_(cancel|terminate)_backend$/, "it ends what others run"],
  [/^pg_stat_/, "it tells what others do"],
  [/^(nextval|setval|currval|lastval)$/, "it moves sequences"],
  [/^(repeat|lpad|rpad|array_fill)$/, "it makes values of any size"],
  [/^(query|table|schema|database|cursor)_to_xml/, "it runs SQL of its own"],
];
