import { z } from 'zod';

/** Civil time in Asia/Shanghai to the minute, as pages show it: `2026-11-20 09:30` (PAGE-08, META-09). */
export const civilMinute = z
  .string()
  .regex(/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]) (?:[01]\d|2[0-3]):[0-5]\d$/);
/** A civil date: `2026-11-20`. */
export const civilDate = z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/);

/** One line in NFC, of at most 200 characters. */
export const line = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine((text) => text === text.normalize('NFC'), 'NFC');

/** Any text in NFC. */
export const text = z
  .string()
  .max(200_000)
  .refine((value) => value === value.normalize('NFC'), 'NFC');

/** A page of this site or an address elsewhere, by https alone. */
export const linkAddress = z
  .string()
  .max(500)
  .regex(/^(?:\/(?![/\\])|https:\/\/[^\s/])[^\s<>"]*$/);
