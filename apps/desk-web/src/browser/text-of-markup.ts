/** The words of markup, read where no script runs and no picture is loaded. */
export function textOfMarkup(markup: string): string {
  return new DOMParser().parseFromString(markup, 'text/html').body.textContent;
}
