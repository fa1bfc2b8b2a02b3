/**
 * The host of an Origin header as browsers write it; undefined for `null` and what is none. The scheme is not told: where a
 * proxy speaks TLS for us, the one a browser sees is not the one we see.
 */
export function originHost(origin: string): string | undefined {
  if (!URL.canParse(origin)) return undefined;
  const url = new URL(origin);
  return /^https?:$/.test(url.protocol) && url.origin === origin ? url.host : undefined;
}
