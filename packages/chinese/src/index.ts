export {
  createConverter,
  type Converter,
  type ConverterOptions,
  type ProtectedName,
  type Variant,
} from './converter.ts';
export { convertMarkup } from './convert-markup.ts';
export { simplified } from './simplified.ts';
export { scriptClass } from './script-class.ts';
export { doubtfulForms, type DoubtfulForm } from './doubtful-forms.ts';
