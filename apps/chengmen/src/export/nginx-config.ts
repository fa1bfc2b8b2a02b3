import { proofPrefix } from '@chengmen/release';
import { filePolicy, handedIn, securityHeaders } from '@chengmen/serve';
import { asideFolder } from './place-of.ts';

/** Name of the file whose few words a host says where no page of the release can speak. */
export const noticeStatuses = [400, 404, 405, 412, 414] as const;

export interface NginxConfig {
  /** Where the tree will stand on the host, absolute. */
  readonly root: string;
  readonly types: ReadonlyMap<string, string>;
  readonly sizes: { readonly maxSize: number; readonly bucketSize: number };
  /** The page for addresses the release does not have; undefined: a notice. */
  readonly notFound:
    | {
        readonly page: string;
        readonly type: string;
        readonly gz: boolean;
        readonly br: boolean;
        /** Pages of editions, by what addresses there begin with. */
        readonly editions: readonly (readonly [root: string, page: string])[];
      }
    | undefined;
}

/** Folder, below the export, of the configuration. */
export const nginxFolder = `${asideFolder}/nginx`;

/**
 * The configuration, by file name below nginxFolder. `chengmen.conf` goes into `http { }` and brings the other three;
 * the routes themselves are in `routes.map`, written apart.
 */
export function nginxFiles(config: NginxConfig): Readonly<Record<string, string>> {
  return {
    'chengmen.conf': wholeConfig(config),
    'http.conf': httpConfig(config),
    'server.conf': serverConfig(config),
    'headers.conf': headersConfig(),
  };
}

/** True for a folder that can be named in a configuration file: nginx has no escape for `$` in its strings. */
export function isNameable(folder: string): boolean {
  return folder.startsWith('/') && !/["'\\$\u0000-\u001f\u007f]/.test(folder);
}

function wholeConfig({ root }: NginxConfig): string {
  return `# 在 http { } 中 include 本文件；端口、域名和证书请改成本站的。
# Include this file in http { }; change port, name and certificates to your own.
include "${root}/${nginxFolder}/http.conf";

server {
    listen 80;
    listen [::]:80;
    server_name _;
    include "${root}/${nginxFolder}/server.conf";
}
`;
}

const policyHeader = 'content-security-policy';

/** Over https alone, as the portal does; nginx leaves a header with an empty value out. */
const strictTransport = 'strict-transport-security';

function headersConfig(): string {
  const byVariable = new Set([strictTransport, policyHeader]);
  const always = Object.entries(securityHeaders(true)).filter(([name]) => !byVariable.has(name));
  return [
    ...always.map(([name, value]) => `add_header ${name} "${value}" always;`),
    `add_header ${policyHeader} $chengmen_policy always;`,
    'add_header content-disposition $chengmen_disposition always;',
    `add_header ${strictTransport} $chengmen_sts always;`,
    // The time of a file says nothing of its page: it is made from the hash of the bytes.
    'add_header Last-Modified "" always;',
    '',
  ].join('\n');
}

function httpConfig({ root, types, sizes, notFound }: NginxConfig): string {
  const missing = notFound?.editions.map(([edition, page]) => `    "~^${edition}" "${page}";\n`).sort() ?? [];
  const typeLines = [...types].sort().map(([extension, type]) => `    "${extension}" "${type}";`);
  return `# 须在其他 map 之前 · Must come before any other map.
map_hash_max_size ${sizes.maxSize};
map_hash_bucket_size ${sizes.bucketSize};

map $request_uri $chengmen_raw {
    default "";
    "~^(?<chengmen_before_query>[^?]*)" $chengmen_before_query;
}
map $chengmen_raw $chengmen_escaped {
    default "";
    "~%" 1;
}
# Decoded once, as a release knows it.
map $chengmen_escaped $chengmen_path {
    "" $chengmen_raw;
    default $uri;
}
map $request_uri $chengmen_refused {
    default "";
    "~^.{2049}" 414;
    "~*^[^?]*%(?:[01][0-9a-f]|7f|5c)" 400;
    "~^[^?]*(?://|/\\.\\.?(?:[/?]|$))" 404;
    # Dots and slashes that hide: the first could be taken away, the second make an address of another site.
    "~*^[^?]*%2[ef]" 404;
}
map $request_method $chengmen_method_refused {
    default 1;
    GET "";
    HEAD "";
}

# path, status, page, location, type. The keys of a map ignore case, so the path is compared again.
map $chengmen_path $chengmen_route {
    default "";
    include "${root}/${nginxFolder}/routes.map";
}
map "$chengmen_path $chengmen_route" $chengmen_status {
    default "";
    "~^(?<chengmen_p1>\\S+) \\k<chengmen_p1> (?<chengmen_v1>\\S+) " $chengmen_v1;
}
map "$chengmen_path $chengmen_route" $chengmen_page {
    default "";
    "~^(?<chengmen_p2>\\S+) \\k<chengmen_p2> \\S+ (?<chengmen_v2>\\S+) " $chengmen_v2;
}
map "$chengmen_path $chengmen_route" $chengmen_location {
    default "";
    "~^(?<chengmen_p3>\\S+) \\k<chengmen_p3> \\S+ \\S+ (?<chengmen_v3>/\\S*) " $chengmen_v3;
}
map "$chengmen_path $chengmen_route" $chengmen_page_type {
    default "";
    "~^(?<chengmen_p4>\\S+) \\k<chengmen_p4> \\S+ \\S+ \\S+ (?<chengmen_v4>.+)$" $chengmen_v4;
}

# The page for an unknown address is that of its edition.
map $chengmen_path $chengmen_missing {
    default "${notFound?.page ?? ''}";
${missing.join('')}}

map $chengmen_path $chengmen_file {
    default $chengmen_path;
    "~/$" "\${chengmen_path}index.html";
}
map $chengmen_path $chengmen_extension {
    default "";
    "~/$" html;
    "~\\.(?<chengmen_ending>[A-Za-z0-9]{1,16})$" $chengmen_ending;
}
map $chengmen_extension $chengmen_extension_type {
    default application/octet-stream;
${typeLines.join('\n')}
}
map $status $chengmen_tree_type {
    default $chengmen_extension_type;
    304 "";
}
map $status $chengmen_aside_type {
    default $chengmen_page_type;
    304 "";
}
# A part that may not be there: nginx learns it too late to take a header back, and nobody should keep the refusal.
map $http_range $chengmen_whole {
    default "";
    "" 1;
    "~^bytes=0-" 1;
}
map "$chengmen_whole$chengmen_path" $chengmen_cache {
    default no-cache;
    "~^1/(?:assets|media|files)/" "public, max-age=31536000, immutable";
}
# What was handed in has no rights of the site; attachments are saved and not opened.
map "$status $chengmen_path" $chengmen_policy {
    default "${securityHeaders(true)[policyHeader] ?? ''}";
    "~^(?:200|206|304) (?:${handedIn.shown}|${handedIn.saved})" "${filePolicy}";
}
map "$status $chengmen_path" $chengmen_disposition {
    default "";
    "~^(?:200|206|304) ${handedIn.saved}" attachment;
}
# Brotli without a module, for those who like nothing better; all others get gzip or the plain bytes.
map $http_accept_encoding $chengmen_br {
    default "";
    "~*(?:^|,)\\s*br\\s*(?:;\\s*q=1(?:\\.0{1,3})?\\s*)?(?:,|$)" .br;
}
map "$status $uri" $chengmen_coding {
    default "";
    "~^304 " "";
    "~\\.br$" br;
}
map $uri $chengmen_br_vary {
    default "";
    "~\\.br$" Accept-Encoding;
}
# nginx says it by itself where there is a .gz.
map $uri $chengmen_vary {
    default $chengmen_br_alone;
    "~\\.br$" Accept-Encoding;
}
map $status $chengmen_allow {
    default "";
    405 "GET, HEAD";
}
map $scheme $chengmen_sts {
    default "";
    https "${securityHeaders(true)[strictTransport] ?? ''}";
}
`;
}

function serverConfig({ root, notFound }: NginxConfig): string {
  const here = `${root}/${asideFolder}`;
  const headers = `include "${root}/${nginxFolder}/headers.conf";`;
  const missing = notFound ? `/:missing/$chengmen_missing${notFound.br ? '$chengmen_br' : ''}` : '/:notice/404.html';
  // With a .gz nginx says it by itself, except beside a .br.
  const missingVary = notFound?.br !== true ? '""' : notFound.gz ? '$chengmen_br_vary' : 'Accept-Encoding';
  const notices = noticeStatuses.filter((status) => status !== 404);
  return `root "${root}";
charset off;
server_tokens off;
autoindex off;
max_ranges 1;
if_modified_since off;
types { }
default_type "";
gzip off;
gzip_static on;
gzip_proxied any;
gzip_http_version 1.0;
gzip_vary on;
# brotli_static on;  # 不需要：下面不用模块也能提供 .br · not needed: .br is served below without the module

${notices.map((status) => `error_page ${status} /:notice/${status}.html;`).join('\n')}
error_page 404 ${missing};
error_page 410 /:said/$chengmen_page$chengmen_form;
error_page 481 =301 /:said/$chengmen_page$chengmen_form;
error_page 482 =301 /:onward/empty;
error_page 416 /:no-such-part/empty;

location / {
    set $chengmen_form "";
    set $chengmen_to "";
    set $chengmen_found "";
    set $chengmen_stem "/:none";
    set $chengmen_slash "";
    set $chengmen_br_alone "";
    if ($chengmen_method_refused) { return 405; }
    if ($chengmen_refused = 414) { return 414; }
    if ($chengmen_refused = 400) { return 400; }
    if ($chengmen_refused = 404) { return 404; }

    # What has no file of its own name.
    if ($chengmen_status) { set $chengmen_found "r$chengmen_escaped"; }
    if ($chengmen_status = folder) { set $chengmen_found r1; set $chengmen_slash /; }
    if ($chengmen_found = r1) { set $chengmen_to "$chengmen_path$chengmen_slash$is_args$args"; return 482; }
    if (-f "${here}/pages/$chengmen_page.br") { set $chengmen_form $chengmen_br; set $chengmen_br_alone Accept-Encoding; }
    if (-f "${here}/pages/$chengmen_page.gz") { set $chengmen_br_alone ""; }
    if ($chengmen_status = 301) { return 481; }
    if ($chengmen_status = 410) { return 410; }
    if ($chengmen_status = 404) { return 404; }
    if ($chengmen_status = 200) { rewrite ^ /:page/$chengmen_page$chengmen_form last; }

    # Files, each at its one address.
    if ($chengmen_path ~ "(?:^/\\.(?!well-known/)|^/.+/\\.|/index\\.html$)") { return 404; }
    if ($chengmen_path ~ "^(.+)\\.(?:gz|br)$") { set $chengmen_stem $1; }
    if (-f "${root}$chengmen_stem") { return 404; }
    if (-f "${root}$chengmen_file") { set $chengmen_found f; }
    if ($chengmen_found = "") { set $chengmen_slash "$chengmen_path/"; }
    if (-f "${root}\${chengmen_slash}index.html") { set $chengmen_to "$chengmen_slash$is_args$args"; }
    if ($chengmen_found = "") { set $chengmen_found "n$chengmen_to"; }
    if ($chengmen_found ~ "^n/") { return 482; }
    if ($chengmen_found = n) { return 404; }
    set $chengmen_found "f$chengmen_escaped";
    if ($chengmen_found = f1) { set $chengmen_to "$chengmen_path$is_args$args"; return 482; }
    if (-f "${root}$chengmen_file.br") { set $chengmen_form $chengmen_br; set $chengmen_br_alone Accept-Encoding; }
    if (-f "${root}$chengmen_file.gz") { set $chengmen_br_alone ""; }
    if ($chengmen_form) { rewrite ^ /:br$chengmen_file.br last; }
    try_files $chengmen_file =404;
    ${headers}
    add_header Vary $chengmen_vary always;
    add_header Content-Type $chengmen_tree_type always;
    add_header Cache-Control $chengmen_cache always;
}

# Names with a colon: no path of a release has one, and nobody can ask for them.
location ^~ /:br/ {
    internal;
    alias "${root}/";
    gzip_static off;
    ${headers}
    add_header Content-Type $chengmen_tree_type always;
    add_header Content-Encoding $chengmen_coding always;
    add_header Vary $chengmen_vary always;
    add_header Cache-Control $chengmen_cache always;
}
location ^~ /:page/ {
    internal;
    alias "${here}/pages/";
    ${headers}
    add_header Content-Type $chengmen_aside_type always;
    add_header Content-Encoding $chengmen_coding always;
    add_header Vary $chengmen_vary always;
    add_header Cache-Control $chengmen_cache always;
}
location ^~ /:said/ {
    internal;
    etag off;
    alias "${here}/pages/";
    ${headers}
    add_header Content-Type $chengmen_page_type always;
    add_header Content-Encoding $chengmen_coding always;
    add_header Vary $chengmen_vary always;
    add_header Cache-Control no-cache always;
    add_header Location $chengmen_location always;
}
location ^~ /:onward/ {
    internal;
    etag off;
    gzip_static off;
    alias "${here}/pages/";
    ${headers}
    add_header Cache-Control no-cache always;
    add_header Location $chengmen_to always;
}
# The headers have been added when nginx finds that there is no such part; a second time would double them.
location ^~ /:no-such-part/ {
    internal;
    etag off;
    gzip_static off;
    alias "${here}/pages/";
}
location ^~ /:missing/ {
    internal;
    etag off;
    alias "${here}/pages/";
    ${headers}
    add_header Content-Type "${notFound?.type ?? ''}" always;
    add_header Content-Encoding $chengmen_coding always;
    add_header Vary ${missingVary} always;
    add_header Cache-Control no-cache always;
}
location ^~ /:notice/ {
    internal;
    etag off;
    gzip_static off;
    alias "${here}/notices/";
    ${headers}
    add_header Content-Type "text/html; charset=utf-8" always;
    add_header Cache-Control no-cache always;
    add_header Allow $chengmen_allow always;
}

location ^~ ${proofPrefix} {
    if ($chengmen_method_refused) { return 405; }
    if ($chengmen_escaped) { return 404; }
    if ($chengmen_refused) { return 404; }
    if (-d $request_filename) { return 404; }
    etag off;
    max_ranges 0;
    gzip_static off;
    ${headers}
    add_header Content-Type "text/plain; charset=utf-8" always;
    add_header Cache-Control "public, max-age=31536000, immutable" always;
}
location ^~ ${proofPrefix}tile/ {
    if ($chengmen_method_refused) { return 405; }
    if ($chengmen_escaped) { return 404; }
    if ($chengmen_refused) { return 404; }
    if (-d $request_filename) { return 404; }
    etag off;
    max_ranges 0;
    gzip_static off;
    ${headers}
    add_header Content-Type application/octet-stream always;
    add_header Cache-Control "public, max-age=31536000, immutable" always;
}
${changing.map((place) => changingProof(place, headers)).join('\n')}
`;
}

/** Proofs that are not for keeping: the newest checkpoint, and notes whose number may come to stand for something. */
const changing = [`= ${proofPrefix}checkpoint`, `^~ ${proofPrefix}keys/`, `^~ ${proofPrefix}prunings/`];

function changingProof(place: string, headers: string): string {
  return `location ${place} {
    if ($chengmen_method_refused) { return 405; }
    if ($chengmen_escaped) { return 404; }
    if ($chengmen_refused) { return 404; }
    if (-d $request_filename) { return 404; }
    etag off;
    max_ranges 0;
    gzip_static off;
    ${headers}
    add_header Content-Type "text/plain; charset=utf-8" always;
    add_header Cache-Control no-cache always;
}`;
}
