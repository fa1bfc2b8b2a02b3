export { bundleDesk, type DeskBundle } from './bundle-desk.ts';
export {
  deskApi,
  refusal,
  told,
  type Answer,
  type ApiRoute,
  type DeskApi,
  type Files,
  type Parsed,
  type Reading,
  type Who,
} from './desk-api.ts';
export { createDeskClient, type DeskClient, type DeskCommands, type Sent } from './desk-client.ts';
