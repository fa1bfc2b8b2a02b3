import type { Page } from 'playwright-core';

/** Pastes markup into the body that is being written, piece after piece, as the clipboard gives it. */
export async function paste(page: Page, ...pieces: readonly string[]): Promise<void> {
  await page.evaluate(`for (const markup of ${JSON.stringify(pieces)}) {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/html', markup);
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
    document.querySelector('.body').dispatchEvent(event);
  }`);
}
