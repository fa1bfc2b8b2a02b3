import { z } from 'zod';

/** What people write in a box: trimmed, NFC, nothing in it that a database or a page cannot show. */
export const plainText = z
  .string()
  .trim()
  .normalize('NFC')
  .refine((text) => text.isWellFormed() && !/[^\P{Cc}\n\t]/u.test(text.replaceAll('\r\n', '\n')), {
    error: '含有不能显示的字符 (holds characters that cannot be shown)',
  });
