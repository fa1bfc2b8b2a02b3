import { ruleNames, ruleTable, severities, type CheckSettings } from '@chengmen/checks';
import { several, text, type Form } from './desk-forms.ts';
import { severityNames } from './pages/findings.ts';

/** The lists of the checks as people edit them, a line an entry, parts parted by `|`. */
export function printSettings({ words, phrases, leaders, hosts, without }: CheckSettings): Record<string, string> {
  const line = (...parts: readonly string[]): string => parts.join('|').replace(/\|+$/, '');
  return {
    words: words
      .map(({ wrong, right = '', severity, except = [], note = '' }) =>
        line(wrong, right, severity === undefined ? '' : severityNames[severity].zh, except.join('、'), note),
      )
      .join('\n'),
    phrases: phrases.map(({ phrase, except = [] }) => line(phrase, except.join('、'))).join('\n'),
    leaders: leaders.map(({ name, titles }) => line(name, titles.join('、'))).join('\n'),
    hosts: hosts.join('\n'),
    without: without.join('\n'),
  };
}

/** What was typed, for `change-checks` to judge. A rule that is as it was built in is not kept. */
export function readSettings(form: Form): unknown {
  return {
    words: linesOf(form, 'words').map(([wrong = '', right = '', severity = '', except = '', note = '']) => ({
      wrong,
      ...(right === '' ? {} : { right }),
      ...(severity === '' ? {} : { severity: severityOf(severity) }),
      ...(except === '' ? {} : { except: several(except) }),
      ...(note === '' ? {} : { note }),
    })),
    phrases: linesOf(form, 'phrases').map(([phrase = '', except = '']) => ({
      phrase,
      ...(except === '' ? {} : { except: several(except) }),
    })),
    leaders: linesOf(form, 'leaders').map(([name = '', titles = '']) => ({ name, titles: several(titles) })),
    hosts: linesOf(form, 'hosts').map(([host = '']) => host),
    without: linesOf(form, 'without').map(([word = '']) => word),
    rules: Object.fromEntries(
      ruleNames.flatMap((rule) => {
        const [severity, overrule] = [text(form, `severity-${rule}`), text(form, `overrule-${rule}`)];
        const changed = {
          ...(severity === '' || severity === ruleTable[rule].severity ? {} : { severity }),
          ...(overrule === '' || overrule === ruleTable[rule].overrule ? {} : { overrule }),
        };
        return Object.keys(changed).length === 0 ? [] : [[rule, changed]];
      }),
    ),
  };
}

const linesOf = (form: Form, name: string): string[][] =>
  text(form, name)
    .split(/\r?\n/)
    .map((line) => line.split(/[|｜]/).map((part) => part.trim()))
    .filter(([first = '']) => first !== '');

/** As people write it, or as it is kept; what is neither is left for the command to refuse. */
const severityOf = (word: string): string => severities.find((each) => severityNames[each].zh === word) ?? word;
