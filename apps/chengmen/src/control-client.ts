import { request } from 'node:http';
import { deserialize, serialize } from 'node:v8';
import { ChengmenError, type ErrorCode, type ErrorParameters, type SiteId } from '@chengmen/model';
import type { Office } from './office.ts';
import type { SiteRecord, WantedSite } from './sites.ts';

/** Whether a back office listens behind a socket. */
async function isRunning(socket: string): Promise<boolean> {
  try {
    await post(socket, '/', undefined);
  } catch (error) {
    return !(error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ECONNREFUSED'));
  }
  return true;
}

/** Has the running back office make a site; undefined when nobody listens there. */
export async function askForSite(socket: string, wanted: WantedSite): Promise<SiteRecord | undefined> {
  if (!(await isRunning(socket))) return undefined;
  return (await post(socket, '/sites', wanted)) as SiteRecord;
}

/** The running back office of a site behind a socket, or undefined when nobody listens there. */
export async function connectOffice(socket: string, site: SiteId): Promise<Office | undefined> {
  const call = (method: keyof Office, argument: unknown): Promise<unknown> =>
    post(socket, `/sites/${site}/${method}`, argument);
  if (!(await isRunning(socket))) return undefined;
  return {
    missingChannels: (ids) => call('missingChannels', ids) as ReturnType<Office['missingChannels']>,
    readAhead: (page) => call('readAhead', page) as ReturnType<Office['readAhead']>,
    takeIn: (page) => call('takeIn', page) as ReturnType<Office['takeIn']>,
    takeInFile: (file) => call('takeInFile', file) as ReturnType<Office['takeInFile']>,
    relink: (moves) => call('relink', moves) as ReturnType<Office['relink']>,
    explain: (path) => call('explain', path) as ReturnType<Office['explain']>,
    explainRevision: (named) => call('explainRevision', named) as ReturnType<Office['explainRevision']>,
    planned: () => call('planned', undefined) as ReturnType<Office['planned']>,
    scheduled: () => call('scheduled', undefined) as ReturnType<Office['scheduled']>,
    publish: () => call('publish', undefined) as ReturnType<Office['publish']>,
    holdState: () => call('holdState', undefined) as ReturnType<Office['holdState']>,
    hold: (asked) => call('hold', asked) as ReturnType<Office['hold']>,
    resume: (asked) => call('resume', asked) as ReturnType<Office['resume']>,
    changeKey: (step) => call('changeKey', step) as ReturnType<Office['changeKey']>,
    prune: (request) => call('prune', request) as ReturnType<Office['prune']>,
    recomputeStatistics: (folders) => call('recomputeStatistics', folders) as ReturnType<Office['recomputeStatistics']>,
    draftFigures: (asked) => call('draftFigures', asked) as ReturnType<Office['draftFigures']>,
    yearlyReport: (year) => call('yearlyReport', year) as ReturnType<Office['yearlyReport']>,
    verifyEvents: () => call('verifyEvents', undefined) as ReturnType<Office['verifyEvents']>,
    addUser: (user) => call('addUser', user) as ReturnType<Office['addUser']>,
    changeUser: (change) => call('changeUser', change) as ReturnType<Office['changeUser']>,
  };
}

function post(socketPath: string, path: string, argument: unknown): Promise<unknown> {
  const body = serialize(argument);
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        socketPath,
        path,
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream', 'content-length': body.length },
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          if (response.statusCode !== 200) {
            reject(new Error(`${path}: ${String(response.statusCode)}`));
            return;
          }
          const answer = deserialize(Buffer.concat(parts)) as {
            value?: unknown;
            error?: { code: ErrorCode; parameters: ErrorParameters };
          };
          if (answer.error) reject(new ChengmenError(answer.error.code, answer.error.parameters));
          else resolve(answer.value);
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
