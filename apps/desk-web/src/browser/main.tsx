import { createRoot } from 'react-dom/client';
import { setSession } from './api.ts';
import { Writing } from './writing.tsx';

const form = document.querySelector<HTMLFormElement>('form#writing');
const place = document.querySelector<HTMLElement>('#writing-app');
if (form && place) {
  setSession({
    account: form.dataset['account'] ?? '',
    token: form.querySelector<HTMLInputElement>('input[name=_token]')?.value ?? '',
  });
  document.documentElement.classList.add('writing-app');
  createRoot(place).render(<Writing form={form} />);
}
