/** A form's fields as they were typed. */
export type Values = Readonly<Record<string, string>>;

const unsaid = new Set(['_token', 'base', 'item', 'kind', 'action']);

export function valuesOf(form: HTMLFormElement): Values {
  return Object.fromEntries(
    [...new FormData(form)].flatMap(([name, value]) =>
      typeof value === 'string' && !unsaid.has(name) ? [[name, value] as const] : [],
    ),
  );
}

/** Puts values back where they were typed; what the form does not have is left out. */
export function fill(form: HTMLFormElement, values: Values): void {
  for (const control of form.elements) {
    if (control instanceof HTMLInputElement && control.type === 'checkbox')
      control.checked = values[control.name] === control.value;
    else if (isText(control) && !unsaid.has(control.name) && values[control.name] !== undefined)
      control.value = values[control.name] ?? '';
  }
}

function isText(control: Element): control is HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement {
  return (
    control instanceof HTMLInputElement ||
    control instanceof HTMLTextAreaElement ||
    control instanceof HTMLSelectElement
  );
}

export function fieldOf(form: HTMLFormElement, name: string): string {
  const control = form.elements.namedItem(name);
  return control && 'value' in control ? control.value : '';
}

export function setField(form: HTMLFormElement, name: string, value: string): void {
  const control = form.elements.namedItem(name);
  if (control && 'value' in control) control.value = value;
}
