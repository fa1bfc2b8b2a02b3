/** A type of file the site takes. `endings`: of file names, the usual one first. */
export interface MediaType {
  readonly endings: readonly [string, ...string[]];
  readonly zh: string;
  readonly en: string;
}

/** Every type a media item may have. What is not here is not taken in and cannot be published. */
export const mediaTypes = {
  'image/jpeg': { endings: ['jpg', 'jpeg'], zh: 'JPEG 图片', en: 'JPEG picture' },
  'image/png': { endings: ['png'], zh: 'PNG 图片', en: 'PNG picture' },
  'image/webp': { endings: ['webp'], zh: 'WebP 图片', en: 'WebP picture' },
  'image/svg+xml': { endings: ['svg'], zh: 'SVG 图形', en: 'SVG drawing' },
  'application/pdf': { endings: ['pdf'], zh: 'PDF 文档', en: 'PDF document' },
  /** GB/T 33190. */
  'application/ofd': { endings: ['ofd'], zh: 'OFD 版式文档', en: 'OFD document' },
  'application/msword': { endings: ['doc'], zh: 'Word 97–2003 文档', en: 'Word 97–2003 document' },
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': {
    endings: ['docx'],
    zh: 'Word 文档',
    en: 'Word document',
  },
  'application/vnd.ms-excel': { endings: ['xls'], zh: 'Excel 97–2003 表格', en: 'Excel 97–2003 workbook' },
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': {
    endings: ['xlsx'],
    zh: 'Excel 表格',
    en: 'Excel workbook',
  },
  'application/vnd.ms-powerpoint': {
    endings: ['ppt'],
    zh: 'PowerPoint 97–2003 演示文稿',
    en: 'PowerPoint 97–2003 presentation',
  },
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': {
    endings: ['pptx'],
    zh: 'PowerPoint 演示文稿',
    en: 'PowerPoint presentation',
  },
  'application/wps-office.wps': { endings: ['wps'], zh: 'WPS 文字', en: 'WPS document' },
  'application/wps-office.et': { endings: ['et'], zh: 'WPS 表格', en: 'WPS workbook' },
  'application/wps-office.dps': { endings: ['dps'], zh: 'WPS 演示', en: 'WPS presentation' },
  'application/zip': { endings: ['zip'], zh: 'ZIP 压缩包', en: 'ZIP archive' },
  'text/csv': { endings: ['csv'], zh: 'CSV 数据', en: 'CSV data' },
  /** Captions of a video. */
  'text/vtt': { endings: ['vtt'], zh: 'WebVTT 字幕', en: 'WebVTT captions' },
  'text/plain': { endings: ['txt'], zh: '纯文本', en: 'plain text' },
  'audio/mpeg': { endings: ['mp3'], zh: 'MP3 音频', en: 'MP3 audio' },
  'video/mp4': { endings: ['mp4'], zh: 'MP4 视频', en: 'MP4 video' },
  'video/webm': { endings: ['webm'], zh: 'WebM 视频', en: 'WebM video' },
} as const satisfies Readonly<Record<string, MediaType>>;

export type MediaTypeName = keyof typeof mediaTypes;
export const mediaTypeNames = Object.keys(mediaTypes) as [MediaTypeName, ...MediaTypeName[]];

/** Pictures are shown in pages; everything else is a file to be downloaded. */
export function isPictureType(type: string): boolean {
  return type.startsWith('image/');
}

/** `pdf`, as in the address of a file. */
export function endingOf(type: MediaTypeName): string {
  return mediaTypes[type].endings[0];
}

/** Films and recordings are played where they stand alone in a text. */
export function isPlayedType(type: string): boolean {
  return /^(?:video|audio)\//.test(type);
}
