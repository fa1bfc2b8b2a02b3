import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contrast, defaultHue, palette } from '@chengmen/theme';
import { examples, typeScale } from '@chengmen/theme/testing';
import { root } from './rooms.ts';

export const styleGuideFile = join(root, 'docs', 'style-guide.md');

const roles: Readonly<Record<string, string>> = {
  paper: '底色，正文之下',
  wash: '浅底，成块内容',
  tint: '选中与提示的底色',
  ink: '正文',
  soft: '日期、来源、说明',
  line: '分隔线',
  edge: '控件边框（3 : 1）',
  main: '链接、按钮、强调',
  deep: '页首与页脚的底色',
  'on-deep': '页首与页脚上的文字',
  'on-deep-soft': '页首与页脚上的次要文字',
  accent: '唯一的辅色：缺字、演示、尚未生效',
  'accent-wash': '辅色的底',
};

/** The text of `docs/style-guide.md`. */
export function styleGuideDocs(): string {
  const light = palette('light', defaultHue);
  const colours = Object.entries(light).map(([role, colour]: [string, string]) => {
    const ground = role.startsWith('on-deep') ? light.deep : light.paper;
    return `- \`--${role}\` ${colour}，${contrast(colour, ground).toFixed(1)} : 1 — ${roles[role] ?? ''}`;
  });
  return `# 样式指南 · Style guide

Made by \`node tools/check.ts --write\` from \`packages/theme\`. \`npm run guide\` writes the guide itself, with every component shown, into \`guide/\`: open it through any static server.

## 原则 · Principles

- 平静：一种主色，一种辅色，只有需要当心的地方用辅色。One main colour; the one accent means care.
- 先手机：先为 360 px 宽设计，再在 48、64、70 rem 处展开。360 px first.
- 字够大，行够疏：界面 17 px，正文 18 px、行高 1.9，每行不超过 44 rem。
- 控件至少 44 px 高，长者版至少 60 px。
- 意思从不只靠颜色：状态同时用词和形状表示。Never by colour alone.
- 没有脚本也完整；没有样式也读得通。Whole without scripts, readable without styles.
- 方向用逻辑属性：从右到左的文字不必改样式。Logical properties throughout.

## 颜色 · Colours

城市在网站信息里只定一个色相（\`hue\`，0–360 度）。其余都由它算出：在 OKLCH 中取色，再调明度，直到每种文字在它可能站上的每种底色上都达到对比度；测试试过 36 个色相。下面是默认色相 ${defaultHue} 的浅色一套；深色、高对比各有一套，白底黑字、蓝底黄字两套不随色相变，强制颜色模式交给系统。

${colours.join('\n')}

## 字号 · Type scale

系统自带的中文字体：苹方、鸿蒙、MiSans、思源黑体、微软雅黑，依次取有的那一种。不下载字体。全部用 rem，随读者的字号缩放到 200 %。

${typeScale.map(([name, what, size]) => `- \`${name}\` ${what}：${size}`).join('\n')}

## 间距 · Spacing

- 页边 \`--gap\`：1.25 rem，48 rem 以上 2 rem。
- 分节之间 2.5 rem；卡片之间 1.25 rem；圆角 0.625 rem。
- 页宽至多 76 rem，正文至多 44 rem。

## 部件 · Components

Each has one example file in \`packages/theme/examples\`, shown in the guide, validated as HTML and audited with axe by tests.

${examples.map(({ name, zh, about }) => `- [${zh}](../packages/theme/examples/${name}.ts) — ${about}`).join('\n')}
`;
}

export function styleGuideProblems(): string[] {
  const present = existsSync(styleGuideFile) ? readFileSync(styleGuideFile, 'utf8') : '';
  return present === styleGuideDocs() ? [] : ['docs/style-guide.md is out of date: run node tools/check.ts --write'];
}
