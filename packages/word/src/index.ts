export { readWord, wordLimits, type ReadWordOptions, type WordLimits, type WordText } from './read-word.ts';
