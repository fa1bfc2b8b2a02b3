/** On every answer, whatever its status. SEC-09. */
export function securityHeaders(https: boolean): Readonly<Record<string, string>> {
  return {
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'permissions-policy': refusedFeatures.map((feature) => `${feature}=()`).join(', '),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    // Over plain http a browser must ignore it (RFC 6797 §7.2), so it is not sent there.
    ...(https ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  };
}

/** What stands below these addresses was handed in by somebody; see fileHeaders. */
export const handedIn = { shown: '/media/', saved: '/files/' } as const;

/** Of a file opened by itself: no script, no form, nothing loaded, an origin of its own. Drawings may style themselves. */
export const filePolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/**
 * What goes with a file besides, by its address alone, so that any host can do the same: pictures and attachments have no
 * rights of the site wherever they are opened, and attachments are saved and not opened.
 */
export function fileHeaders(path: string, status: number): Readonly<Record<string, string>> {
  const saved = path.startsWith(handedIn.saved);
  if (status !== 200 || (!saved && !path.startsWith(handedIn.shown))) return {};
  return { 'content-security-policy': filePolicy, ...(saved ? { 'content-disposition': 'attachment' } : {}) };
}

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "media-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const refusedFeatures = [
  'accelerometer',
  'browsing-topics',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'usb',
];
