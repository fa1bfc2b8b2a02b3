/** What `mend --help` says. */
export const helpText = `mend FILE|DIR|PATTERN|-…

  修复受损的中文网页：能证明的修好，证明不了的留出 〓，每一处都写明根据。
  Restores damaged Chinese pages: what is proved is repaired, the rest stands as 〓, each place says why.

  --json               每个输入一行 JSON（标准输出只有 JSON）one JSON object a line for each input
  --accept likely[=P]  填入把握不低于 P 的候选，默认 0.9  put in candidates at or above probability P
  --decisions FILE     人工决定，第几个文件对第几个输入  people's decisions, the nth file for the nth input
  --siblings DIR       从同站其他网页学公共部分  learn the site's furniture from its other pages
  --encoding LABEL     已知的编码  the encoding, where it is known
  --report FILE.html   写出逐处对照的网页  write a page to judge the repairs by
  --out DIR            写出修复后的文件  write the mended files
  --jobs N             线程数  threads

  退出码 exit codes: 0 完好或已修复 clean or mended · 1 留有缺字或告警 gaps or alarms · 2 无法读取 could not run`;
