import type { CatalogueEntry } from './errors.ts';

/**
 * Every error a person can meet. Codes are permanent: a code is never reused for another meaning.
 * `docs/errors.md` is made from this table and compared with it by `npm run check`.
 */
export const catalogue = {
  // Commands and permissions
  'permission-denied': {
    zh: '{actor} 没有“{permission}”权限。',
    en: '{actor} does not hold the permission “{permission}”.',
    todo: {
      zh: '请使用有此权限的账号{holders}，或请安全管理员授权。',
      en: 'Use an account that holds it{holders}, or ask the security administrator.',
    },
    status: 403,
  },
  'search-unreachable': {
    zh: '检索进程没有应答：{socket}（{problem}）',
    en: 'The search process does not answer: {socket} ({problem})',
    todo: {
      zh: '请确认 chengmen start 正在运行；刚启动时索引可能还在建立。',
      en: 'See that chengmen start is running; just after a start the index may still be in the making.',
    },
    status: 503,
  },
  'not-found': {
    zh: '找不到{what}“{id}”。',
    en: 'There is no {what} “{id}”.',
    todo: { zh: '请核对编号，它可能已被移动或撤回。', en: 'Check the id; it may have been moved or withdrawn.' },
    status: 404,
  },
  'invalid-input': {
    zh: '输入有误：{where}：{problem}',
    en: 'The input is not valid: {where}: {problem}',
    todo: { zh: '请改正后重试，已填写的内容没有丢失。', en: 'Correct it and try again; nothing was lost.' },
    status: 400,
  },
  'site-unknown': {
    zh: '没有名为“{site}”的网站，有：{sites}。',
    en: 'There is no site “{site}”; there are: {sites}.',
    todo: {
      zh: '请核对 --site，或先用 chengmen site add 建立它。',
      en: 'Check --site, or make it first with chengmen site add.',
    },
    status: 404,
  },
  'site-closed': {
    zh: '您在“{site}”没有角色。',
    en: 'You hold no role on “{site}”.',
    todo: {
      zh: '请换到有角色的网站，或请这个网站的安全管理员授权。',
      en: 'Switch to a site where you hold one, or ask this site’s security administrator.',
    },
    status: 403,
  },
  'roles-conflict': {
    zh: '“{role}”不能与其他角色由同一人担任。',
    en: '“{role}” cannot be one person’s together with any other role.',
    todo: {
      zh: '请用另一个账号，或先收回原有的角色。',
      en: 'Use another account, or revoke its other roles first.',
    },
    status: 409,
  },
  'checks-hold-back': {
    zh: '还有 {count} 处必须先改：{list}',
    en: '{count} things must be mended first: {list}',
    todo: {
      zh: '请逐处修改；确实无误的，在条目页的“写稿检查”里写明理由后放行，再送审。',
      en: 'Mend them; where one is right as it is, overrule it with a reason on the item’s page, then submit.',
    },
    status: 422,
  },
  'not-overrulable': {
    zh: '“{rule}”不能放行，只能修改。',
    en: '“{rule}” cannot be overruled, only mended.',
    todo: { zh: '请修改稿件后再送审。', en: 'Mend the text, then submit it.' },
    status: 409,
  },
  'author-cannot-review': {
    zh: '{actor} 写过这一稿（或上线以来的前几稿），不能审核自己的稿件。',
    en: '{actor} wrote this revision, or one it grew from since the live one, and cannot review it.',
    todo: { zh: '请由另一位审核人办理。', en: 'Another reviewer must do it.' },
    status: 403,
  },
  'already-reviewed': {
    zh: '{actor} 已审核过这一修订，三审须由三人分别完成。',
    en: '{actor} has already reviewed this revision; the three reviews need three people.',
    todo: { zh: '请由另一位审核人办理。', en: 'Another reviewer must do it.' },
    status: 403,
  },
  'release-incomplete': {
    zh: '第 {release} 版的文件已不全，不能退回：{why}',
    en: 'Release {release} is no longer whole, so the site cannot go back to it: {why}',
    todo: { zh: '请选一个仍然完整的版。', en: 'Choose a release that is still whole.' },
    status: 409,
  },
  'second-person-needed': {
    zh: '这件事由 {actor} 提出，须由另一个人确认。',
    en: '{actor} asked for this; another person must confirm it.',
    todo: {
      zh: '请另一位终审或运维人员登录后确认。',
      en: 'Another final approver or operator must sign in and confirm it.',
    },
    status: 403,
  },
  'hash-mismatch': {
    zh: '审核的内容已变化：审核所见为 {given}，现为 {actual}。',
    en: 'The content is not what was reviewed: seen {given}, now {actual}.',
    todo: { zh: '请重新打开这一修订，看过之后再审核。', en: 'Open the revision again, read it, then review it.' },
    status: 409,
  },
  'not-for-batch': {
    zh: '“{title}”不能成批通过：{why}',
    en: '“{title}” cannot be approved with others: {why}',
    todo: { zh: '请打开它单独办理。', en: 'Open it and decide on it by itself.' },
    status: 409,
  },
  'preview-expired': {
    zh: '这个预览地址已过期。',
    en: 'This preview address has expired.',
    todo: { zh: '请在工作台重新打开预览。', en: 'Open the preview again at the desk.' },
    status: 410,
  },
  'preview-changed': {
    zh: '打开预览之后，网站上有内容变了，页面已不是当时所见。',
    en: 'Since the preview was opened something on the site has changed, and with it this page.',
    todo: { zh: '请重新打开预览再看一遍。', en: 'Open the preview again and look once more.' },
    status: 409,
  },
  'changed-meanwhile': {
    zh: '您写的时候，这一条已有新的修订 {newest}（{by}）。没有保存，以免盖掉它。',
    en: 'While you wrote, the item got a newer revision, {newest} ({by}). Nothing was saved over it.',
    todo: {
      zh: '您的文字没有丢失。请先看新的修订，再决定怎样合在一起。',
      en: 'Your words are still here. Look at the newer revision first, then put the two together.',
    },
    status: 409,
  },
  'item-held': {
    zh: '{by} 正在写这一条。',
    en: '{by} is writing in this item.',
    todo: {
      zh: '请等对方写完，或在编辑页接手：对方没有保存的文字会存为对方的草稿。',
      en: 'Wait, or take over on its edit page: what they have not saved becomes a draft of theirs.',
    },
    status: 409,
  },
  'wrong-state': {
    zh: '{what}现在是“{state}”，不能执行此操作。',
    en: '{what} is “{state}”; this cannot be done now.',
    todo: { zh: '请刷新后查看它的当前状态。', en: 'Reload to see its present state.' },
    status: 409,
  },
  'address-taken': {
    zh: '地址 {path} 已被“{by}”使用过。',
    en: 'The address {path} has already been used by “{by}”.',
    todo: {
      zh: '请换一个地址；旧地址永久保留，以免旧链接指错。',
      en: 'Choose another; old addresses stay reserved so that old links never mislead.',
    },
    status: 409,
  },
  'address-conflict': {
    zh: '地址 {path} 同时被“{one}”和“{other}”使用。',
    en: 'The address {path} is claimed by both “{one}” and “{other}”.',
    todo: {
      zh: '请改其中一项的栏目地址或撤回其中一项；改正之前，线上内容保持不变。',
      en: 'Change the segment of one, or withdraw one; until then the live release stays as it is.',
    },
    status: 409,
  },
  // Files handed in
  'file-empty': {
    zh: '文件“{name}”是空的。',
    en: 'The file “{name}” is empty.',
    todo: { zh: '请打开原文件核对后重新上传。', en: 'Check the original and upload it again.' },
    status: 400,
  },
  'file-too-large': {
    zh: '文件“{name}”超过 {limit} MB。',
    en: 'The file “{name}” is larger than {limit} MB.',
    todo: {
      zh: '请压缩其中的图片，或分成几个文件；视频请放到视频平台。没有保存任何内容。',
      en: 'Shrink its pictures or split it; put videos on a video platform. Nothing was kept.',
    },
    status: 413,
  },
  'file-type-refused': {
    zh: '不接收“{name}”：它是{found}。',
    en: '“{name}” is not taken: it is {found}.',
    todo: {
      zh: '可用：JPEG、PNG、WebP、静态 GIF 图片；PDF、OFD、Word、Excel、PowerPoint、WPS、TXT、CSV、ZIP、MP3、MP4。请另存为其中一种后上传。',
      en: 'Taken are JPEG, PNG, WebP and still GIF pictures; PDF, OFD, Word, Excel, PowerPoint, WPS, TXT, CSV, ZIP, MP3, MP4. Save it as one of these.',
    },
    status: 415,
  },
  'file-name-differs': {
    zh: '“{name}”的内容是{type}，扩展名却不是 {endings}。',
    en: '“{name}” holds a {type}, but its name does not end in {endings}.',
    todo: {
      zh: '请核对是不是选错了文件；确认无误的，改正扩展名后再上传。',
      en: 'Check that it is the right file; if so, correct the ending and upload it again.',
    },
    status: 415,
  },
  'file-macro': {
    zh: '“{name}”带有宏（{where}），打开它的人可能执行其中的程序。',
    en: '“{name}” carries macros ({where}), which run on the machine of whoever opens it.',
    todo: {
      zh: '请另存为不含宏的格式（docx、xlsx、pptx 或 PDF）后上传。',
      en: 'Save it in a format without macros (docx, xlsx, pptx or PDF).',
    },
    status: 415,
  },
  'file-encrypted': {
    zh: '“{name}”已加密，公众打不开，内容也无法检查。',
    en: '“{name}” is encrypted: the public cannot open it and it cannot be checked.',
    todo: { zh: '请去掉密码后上传。', en: 'Remove the password and upload it again.' },
    status: 415,
  },
  'file-suspicious': {
    zh: '“{name}”不能发布：{problem}',
    en: '“{name}” cannot be published: {problem}',
    todo: {
      zh: '请用办公软件重新另存一份后上传；不清楚来源的文件请交信息安全人员。',
      en: 'Save a fresh copy from its program; hand files of unknown origin to your security people.',
    },
    status: 415,
  },
  'picture-unreadable': {
    zh: '图片“{name}”读不出来：{problem}',
    en: 'The picture “{name}” cannot be read: {problem}',
    todo: {
      zh: '文件可能没有传完或已损坏，请用看图软件打开核对，另存后上传。',
      en: 'It may be cut off or damaged; open it in a viewer, save it anew and upload that.',
    },
    status: 415,
  },
  'picture-too-large': {
    zh: '图片“{name}”超过 {limit} 百万像素。',
    en: 'The picture “{name}” has more than {limit} million pixels.',
    todo: { zh: '请缩小后上传；网页最多显示 1600 像素宽。', en: 'Shrink it; pages show at most 1600 pixels across.' },
    status: 413,
  },
  'picture-moves': {
    zh: '“{name}”是动图；停不下来的动画妨碍阅读（WCAG 2.2.2）。',
    en: '“{name}” is animated; movement that cannot be stopped keeps people from reading (WCAG 2.2.2).',
    todo: { zh: '请上传其中一帧，或转为 MP4 作附件。', en: 'Upload one frame of it, or make it an MP4 attachment.' },
    status: 415,
  },
  'picture-without-words': {
    zh: '图片“{name}”没有文字说明。',
    en: 'The picture “{name}” has no text alternative.',
    todo: {
      zh: '请用一句话写出图中是什么，供看不到图片的人阅读；正在上传的，填好后重新选择文件。',
      en: 'Say in a sentence what it shows, for those who cannot see it; when uploading, then choose the file again.',
    },
    status: 400,
  },
  'sign-in-failed': {
    zh: '账号或密码不正确。',
    en: 'The account or the password is wrong.',
    todo: {
      zh: '请核对后重试；多次失败后须等待一段时间。',
      en: 'Check and try again; after several failures you must wait.',
    },
    status: 401,
  },
  'sign-in-wait': {
    zh: '这个账号或这个网络地址多次登录失败，请 {seconds} 秒后再试。',
    en: 'Several sign-ins to this account, or from this network address, failed; please wait {seconds} s.',
    todo: {
      zh: '忘记口令的，请安全管理员重置。',
      en: 'If the password is forgotten, the security administrator can reset it.',
    },
    status: 429,
  },
  'code-wrong': {
    zh: '验证码不正确，或已经用过。',
    en: 'The code is wrong, or has been used before.',
    todo: {
      zh: '请等下一个验证码再试；手机不在身边的，用一个恢复码。',
      en: 'Wait for the next code and try again; without the phone, use a recovery code.',
    },
    status: 401,
  },
  'passkey-wrong': {
    zh: '通行密钥没有通过校验（{problem}）。',
    en: 'The passkey did not pass ({problem}).',
    todo: {
      zh: '请再试一次，或用口令登录；总是不行的，请安全管理员重置第二要素。',
      en: 'Try again, or sign in with the password; if it never works, the security administrator can reset it.',
    },
    status: 401,
  },
  'oidc-failed': {
    zh: '从统一身份回来的答复不能采信（{problem}）。',
    en: 'What came back from the identity provider cannot be trusted ({problem}).',
    todo: { zh: '请从登录页重新开始。', en: 'Begin again from the sign-in page.' },
    status: 401,
  },
  'oidc-unknown': {
    zh: '统一身份“{shown}”还没有关联这里的账号。',
    en: 'The identity “{shown}” is not linked to an account here.',
    todo: {
      zh: '请先用口令登录，在“我的账号”里关联。',
      en: 'Sign in with the password and link it under “My account”.',
    },
    status: 403,
  },
  'oidc-unreachable': {
    zh: '联系不上统一身份 {issuer}：{problem}',
    en: 'The identity provider {issuer} does not answer: {problem}',
    todo: { zh: '请用口令登录，并告诉运维人员。', en: 'Sign in with the password, and tell the operator.' },
    status: 502,
  },
  'second-factor-needed': {
    zh: '您的角色须用第二要素登录，现在还没有设置。',
    en: 'Your roles need a second factor, and you have none yet.',
    todo: { zh: '请先设置身份验证器。', en: 'Set up an authenticator first.' },
    status: 403,
  },
  'sign-in-again': {
    zh: '登录已有一段时间，改动登录方式前须重新登录。',
    en: 'You signed in a while ago; to change how you sign in, sign in again.',
    todo: { zh: '请退出后重新登录，再改。', en: 'Sign out, sign in and try again.' },
    status: 403,
  },
  'sign-in-needed': {
    zh: '请先登录。',
    en: 'Please sign in first.',
    todo: { zh: '登录后会回到这一页。', en: 'You will come back to this page.' },
    status: 401,
  },
  // Starting and settings
  'setting-invalid': {
    zh: '设置 {name} 的值“{value}”无效：{problem}',
    en: 'The setting {name} has the invalid value “{value}”: {problem}',
    todo: {
      zh: '请在命令行、环境变量或配置文件中改正。',
      en: 'Correct it on the command line, in the environment or in the configuration file.',
    },
    status: 500,
  },
  'port-taken': {
    zh: '端口 {host}:{port} 已被其他程序占用。',
    en: 'The port {host}:{port} is already in use.',
    todo: {
      zh: '请停止该程序，或用 --{flag} 另选端口。',
      en: 'Stop that program, or choose another port with --{flag}.',
    },
    status: 500,
  },
  'folder-not-writable': {
    zh: '数据文件夹 {folder} 不可写：{problem}',
    en: 'The data folder {folder} cannot be written: {problem}',
    todo: {
      zh: '请检查权限和磁盘空间，或用 --data 另选文件夹。',
      en: 'Check permissions and disk space, or choose another with --data.',
    },
    status: 500,
  },
  'folder-locked': {
    zh: '数据文件夹 {folder} 正由另一个进程（{holder}）使用。',
    en: 'The data folder {folder} is in use by another process ({holder}).',
    todo: { zh: '请先停止它；或直接对它执行命令。', en: 'Stop it first, or give it the command.' },
    status: 500,
  },
  'database-unreachable': {
    zh: '连接不上数据库：{problem}',
    en: 'The database cannot be reached: {problem}',
    todo: {
      zh: '请检查 CHENGMEN_DATABASE_URL 和数据库服务。',
      en: 'Check CHENGMEN_DATABASE_URL and the database server.',
    },
    status: 500,
  },
  'database-version': {
    zh: '数据库版本不合适：{problem}',
    en: 'The database has the wrong version: {problem}',
    todo: {
      zh: '请使用 PostgreSQL 15 或更新版本；数据比程序新时请升级程序。',
      en: 'Use PostgreSQL 15 or later; where the data is newer than the program, upgrade the program.',
    },
    status: 500,
  },
  'object-store-unusable': {
    zh: '对象存储 {store} 无法使用：{problem}',
    en: 'The object store {store} cannot be used: {problem}',
    todo: {
      zh: '请检查其地址、存储桶、密钥和网络。发布中断不会留下半个版本，恢复后重试即可。',
      en: 'Check its address, bucket, keys and the network. A sealing that was cut off leaves no half release: try again.',
    },
    status: 500,
  },
  'data-damaged': {
    zh: '{what} 已损坏：{problem}',
    en: '{what} is damaged: {problem}',
    todo: { zh: '请勿继续写入；从备份恢复后重试。', en: 'Write nothing more; restore it from a backup and try again.' },
    status: 500,
  },
  'node-too-old': {
    zh: '当前 Node 版本为 {version}，需要 24 或更新版本。',
    en: 'This is Node {version}; version 24 or later is needed.',
    todo: {
      zh: '请在项目文件夹中运行 npm ci，再用 npm start 或 npx chengmen。',
      en: 'Run npm ci in the project folder, then npm start or npx chengmen.',
    },
    status: 500,
  },
  'arguments-invalid': {
    zh: '命令行参数有误：{problem}',
    en: 'The command line is not valid: {problem}',
    todo: { zh: '用 chengmen help 查看用法。', en: 'See chengmen help.' },
    status: 500,
  },
  'word-too-large': {
    zh: '“{name}”太大，无法导入：{problem}',
    en: '“{name}” is too large to import: {problem}',
    todo: {
      zh: '请分成几个文件，或把大表格、大图片作为附件上传。没有保存任何内容。',
      en: 'Split it, or upload its large tables and pictures as attachments. Nothing was kept.',
    },
    status: 413,
  },
  'word-unreadable': {
    zh: '“{name}”读不出来：{problem}',
    en: '“{name}” cannot be read: {problem}',
    todo: {
      zh: '请用 Word 或 WPS 打开后另存为 .docx 再导入；也可以打开后复制、粘贴。',
      en: 'Open it in Word or WPS, save it as .docx and import that; or copy and paste.',
    },
    status: 415,
  },
  'file-unreadable': {
    zh: '读不到文件 {file}：{problem}',
    en: 'The file {file} cannot be read: {problem}',
    todo: { zh: '请核对路径和权限。', en: 'Check the path and its permissions.' },
    status: 500,
  },
  'decisions-invalid': {
    zh: '决定文件 {file} 有误：{problem}',
    en: 'The file of decisions {file} is not valid: {problem}',
    todo: { zh: '格式见 docs/formats/decisions.md。', en: 'The format is described in docs/formats/decisions.md.' },
    status: 400,
  },
  'intake-file': {
    zh: '“{name}”不是能采集的文件。',
    en: '“{name}” is no file that can be taken in.',
    todo: {
      zh: '可以是网页（.html、.shtml、.txt）、网页存档（.warc、.warc.gz）、表格（.csv、.xlsx、.jsonl）或订阅源（.rss、.atom、.xml）。其他文件照旧处理。',
      en: 'Pages (.html, .shtml, .txt), web archives (.warc, .warc.gz), tables (.csv, .xlsx, .jsonl) and feeds (.rss, .atom, .xml) can. The other files are taken all the same.',
    },
    status: 415,
  },
  'intake-too-many': {
    zh: '一次最多上传 {limit} 个文件，“{name}”没有收下。',
    en: 'At most {limit} files at once; “{name}” was not taken.',
    todo: {
      zh: '分几次上传，或请运维把整个文件夹放到服务器上允许采集的文件夹里。',
      en: 'Upload in several turns, or have the operator put the whole folder where the server may read it.',
    },
    status: 413,
  },
  'mapping-missing': {
    zh: '表格 {file} 需要对照：哪一列是标题，哪一列是正文。',
    en: 'The table {file} needs a mapping: which column is the title, which the body.',
    todo: {
      zh: '在工作台填“表格的列”；在命令行用 --mapping 文件 指明，格式见 docs/formats/mapping.md。',
      en: 'At the desk fill in the columns of the table; on the command line give --mapping FILE; see docs/formats/mapping.md.',
    },
    status: 400,
  },
  'mapping-invalid': {
    zh: '对照 {file} 有误：{problem}',
    en: 'The mapping {file} is not valid: {problem}',
    todo: { zh: '格式见 docs/formats/mapping.md。', en: 'See docs/formats/mapping.md.' },
    status: 400,
  },
  'nothing-to-take-in': {
    zh: '{file} 里没有找到可入库的正文：{problem}',
    en: 'No article was found in {file}: {problem}',
    todo: { zh: '收到的字节已原样保存；请人工查看。', en: 'The received bytes are kept; a person should look.' },
    status: 422,
  },
  // Releases
  'export-impossible': {
    zh: '地址 {path} 不能导出为静态文件：{problem}',
    en: 'The address {path} cannot be exported as a file: {problem}',
    todo: {
      zh: '没有写下任何文件。加 --nginx 导出时这类地址由 nginx 的映射提供；仍不行的，请用门户程序提供。',
      en: 'Nothing was written. With --nginx such addresses are served by a map; where that fails too, let the portal serve them.',
    },
    status: 500,
  },
  'export-target': {
    zh: '不能导出到 {folder}：{problem}',
    en: 'Cannot export to {folder}: {problem}',
    todo: {
      zh: '请给一个新文件夹；要换掉以前的导出，加 --update。',
      en: 'Name a new folder; to replace an earlier export, add --update.',
    },
    status: 500,
  },
  'site-unreachable': {
    zh: '打不开网站 {url}：{problem}',
    en: 'The site {url} does not answer: {problem}',
    todo: {
      zh: '请核对网址、网络和网站程序，然后再试。',
      en: 'Check the address, the network and the site, then try again.',
    },
    status: 500,
  },
  'key-missing': {
    zh: '没有可信的公钥，无法校验。',
    en: 'There is no trusted key, so nothing can be verified.',
    todo: {
      zh: '用 --key 给出公钥文件或公钥文本；网站自己给出的公钥不能作证。',
      en: 'Give it with --key FILE|STRING; a key offered by the site itself proves nothing.',
    },
    status: 500,
  },
  'release-unverified': {
    zh: '发布版校验失败：{where}：{problem}',
    en: 'The release does not verify: {where}: {problem}',
    todo: {
      zh: '该内容不会对外提供；请查清被改动的原因并从备份恢复。',
      en: 'It is not served; find out who changed it and restore it from a backup.',
    },
    status: 503,
  },
  'retention-invalid': {
    zh: '留存规则 {file} 有误：{problem}',
    en: 'The rules of retention {file} are not valid: {problem}',
    todo: {
      zh: '格式见 docs/formats/retention.md；什么也没有清除。',
      en: 'See docs/formats/retention.md; nothing was removed.',
    },
    status: 400,
  },
  'served-unknown': {
    zh: '不知道 {place} 正在提供哪一版：{problem}',
    en: 'Which release {place} serves is not known: {problem}',
    todo: {
      zh: '正在提供的版本不能清除，所以什么也没有清除；请恢复连接，或从规则的 served 中去掉它。',
      en: 'What is being served must stay, so nothing was removed: bring it back, or take it out of “served” in the rules.',
    },
    status: 503,
  },
  'erase-live': {
    zh: '“{what}”的内容正在线上，不能清除。',
    en: '“{what}” is live and cannot be erased.',
    todo: {
      zh: '请先改正或撤回这一页并等它上线，再清除旧版。',
      en: 'Correct or withdraw the page first and let that go live; then erase the older versions.',
    },
    status: 409,
  },
  'prune-running': {
    zh: '另一次清除正在进行。',
    en: 'Another pruning is under way.',
    todo: { zh: '请等它结束。', en: 'Wait until it has ended.' },
    status: 409,
  },
  'no-release': {
    zh: '网站还没有发布。',
    en: 'Nothing has been published yet.',
    todo: { zh: '请稍后再来。', en: 'Please come back in a moment.' },
    status: 503,
  },
  'no-release-at': {
    zh: '“{place}”里没有发布版。',
    en: 'There is no release in “{place}”.',
    todo: {
      zh: '请核对位置：数据文件夹里每个网站的发布库是 releases/网站编号，存储桶要写全前缀。',
      en: 'Check the place: a data folder keeps each site’s releases in releases/ID, and a bucket needs its whole prefix.',
    },
    status: 500,
  },
  unexpected: {
    zh: '出了意外的问题（编号 {reference}）。',
    en: 'Something unexpected went wrong (reference {reference}).',
    todo: {
      zh: '请把编号告诉运维人员，日志里有详情。',
      en: 'Give the reference to the operator; the log has the details.',
    },
    status: 500,
  },
} as const satisfies Record<string, CatalogueEntry>;
