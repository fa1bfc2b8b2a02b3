const longest = 2000;

/**
 * What becomes of the addresses of a body. Undefined lets the link or the picture go and tells it among what was removed;
 * the empty string lets it go untold. A link's words stay.
 */
export interface BodyAddresses {
  readonly link: (given: string) => string | undefined;
  readonly picture: (given: string) => string | undefined;
}

/** White space and control characters that browsers leave out of an address before they read its scheme. */
const ignored = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

const goodLink = /^(?:https?:|mailto:|tel:|item:[a-z0-9][a-z0-9-]*$|media:[a-z0-9][a-z0-9-]*$|[^:]*(?:[/?#]|$))/i;
const goodPicture = /^(?:https:\/\/[^\s]+|media:[a-z0-9][a-z0-9-]*)$/i;

/** Where a link of a body may lead; undefined when it may not. `item:` and `media:` name items of the site. */
export function linkAddress(given: string): string | undefined {
  const address = clean(given);
  return address !== '' && address.length <= longest && goodLink.test(address) ? address : undefined;
}

/** Where a picture of a body may come from: a media item, or https. */
export function pictureAddress(given: string): string | undefined {
  const address = clean(given);
  return address.length <= longest && goodPicture.test(address) ? address : undefined;
}

const clean = (address: string): string => address.replace(ignored, '').trim().normalize('NFC');
