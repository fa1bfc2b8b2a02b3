import type { Command } from '@chengmen/ledger';
import { ChengmenError } from '@chengmen/model';
import { z } from 'zod';

/** Refuses, always: so that guessing at somebody's password or code leaves a line where auditors look. */
export const refusedSignIn: Command<{ readonly code: 'sign-in-failed' | 'code-wrong' }, never> = {
  name: 'sign-in',
  permission: null,
  input: z.strictObject({ code: z.enum(['sign-in-failed', 'code-wrong']) }),
  run(_context, { code }) {
    return Promise.reject(new ChengmenError(code));
  },
};
