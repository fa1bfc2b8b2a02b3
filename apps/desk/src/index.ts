export { createDeskFront, type DeskFrontOptions } from './desk-front.ts';
export { createDesk, type DeskOptions } from './desk.ts';
export type { AllowedFolder, IntakeAsked, IntakeDoor, IntakeTray, PageReport, ShownPlace } from './intake-door.ts';
export type { AddressCount, ListedRelease, LookBack } from './look-back.ts';
export type { PressCause, PressView, PressWork } from './press-view.ts';
export type { Preview } from './previews.ts';
export type { Probe, Removal } from './removals.ts';
