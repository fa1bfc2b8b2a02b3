export { sampleRelease, type SamplePage, type SampleRelease } from './sample-release.ts';
