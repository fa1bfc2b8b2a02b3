/** The desk's cookies; with https no other host or path can set them. */
export function cookieNames(secure: boolean): Readonly<Record<'session' | 'step' | 'passkey' | 'oidc', string>> {
  const prefix = secure ? '__Host-' : '';
  return {
    session: `${prefix}chengmen-desk`,
    step: `${prefix}chengmen-desk-step`,
    passkey: `${prefix}chengmen-desk-passkey`,
    oidc: `${prefix}chengmen-desk-oidc`,
  };
}

/** A `Set-Cookie` for what stands between two steps of signing in; an empty value takes it away. `Lax`: for coming back from another site. */
export function stepCookie(
  name: string,
  value: string,
  { secure, sameSite = 'Strict' }: { readonly secure: boolean; readonly sameSite?: 'Strict' | 'Lax' },
): string {
  const age = value === '' ? 0 : 600;
  return `${name}=${value}; Max-Age=${age}; Path=/; HttpOnly; SameSite=${sameSite}${secure ? '; Secure' : ''}`;
}

/** One cookie of a request's header. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  const found = (header ?? '').split(';').find((part) => part.trim().startsWith(`${name}=`));
  const value = found?.slice(found.indexOf('=') + 1).trim();
  return value === '' ? undefined : value;
}
