import type { OpenRelease } from '@chengmen/serve';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry, type MetricObject } from 'prom-client';

/** What is counted of an answer. */
export interface Answered {
  readonly status: number;
  /** Empty for plain bytes. */
  readonly coding: string;
  readonly bytes: number;
  readonly ms: number;
}

export interface Metrics {
  answered(answer: Answered): void;
  alarm(code: string): void;
  /** A connection the portal ended by itself: `silent` or `too-many`. */
  cutOff(why: string): void;
  promoted(): void;
  /** Prometheus text. */
  text(): Promise<string>;
  /** The same as data, for adding up several processes. */
  values(): Promise<MetricObject[]>;
  readonly contentType: string;
}

interface Counted {
  readonly release: () => OpenRelease | undefined;
  readonly lostRecords: () => number;
  /** Counts what was answered and not counted yet. */
  readonly settle: () => void;
}

const codings = ['identity', 'gzip', 'br'] as const;
const classes = 6;

/** Counters of one portal process. Counting a request is adding to a few numbers; names and labels come in when somebody asks. */
export function createMetrics(
  { release, lostRecords, settle }: Counted,
  now: () => number = () => performance.now(),
): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const tallies = codings.flatMap((coding) =>
    Array.from({ length: classes }, (_, first) => ({ coding, status: `${first}xx`, requests: 0, bytes: 0 })),
  );
  let promotedAt: number | undefined;
  collectDefaultMetrics({ register: registry });
  leaveOutWhatIsUnreadable(registry);
  const counter = (name: string, help: string, labelNames: string[] = []): Counter =>
    new Counter({ name, help, labelNames, registers });
  const requests = counter('chengmen_portal_requests_total', 'Requests answered', ['status', 'coding']);
  const bytes = counter('chengmen_portal_body_bytes_total', 'Bytes of bodies answered with', ['status', 'coding']);
  const alarms = counter('chengmen_portal_alarms_total', 'Alarms by their code', ['code']);
  const cut = counter('chengmen_portal_connections_cut_total', 'Connections the portal ended by itself', ['why']);
  const hits = counter('chengmen_portal_ready_answers_total', 'Requests answered from memory at once');
  const misses = counter('chengmen_portal_other_answers_total', 'Requests that something was read or worked out for');
  const lost = counter('chengmen_portal_access_records_lost_total', 'Requests that are missing in the access log');
  const latency = new Histogram({
    name: 'chengmen_portal_answer_seconds',
    help: 'From a request until its answer was handed over',
    buckets: [0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 2],
    registers,
  });
  const gauge = (name: string, help: string, value: () => number, aggregator: 'max' | 'sum' = 'max'): Gauge =>
    new Gauge({
      name,
      help,
      registers,
      aggregator,
      collect() {
        this.set(value());
      },
    });
  gauge(
    'chengmen_portal_releases',
    'Releases in the log being served; 0: none',
    () => release()?.current()?.log.size ?? 0,
  );
  gauge(
    'chengmen_portal_release_paths',
    'Addresses in the release being served',
    () => release()?.current()?.map.count ?? 0,
  );
  gauge('chengmen_portal_promotion_age_seconds', 'Since the release being served was taken up', () =>
    promotedAt === undefined ? 0 : (now() - promotedAt) / 1000,
  );
  gauge('chengmen_portal_cache_bytes', 'Verified content in memory', () => release()?.memory().bytes ?? 0, 'sum');

  gauge('process_resident_memory_bytes', 'Resident memory size in bytes.', () => process.memoryUsage.rss(), 'sum');

  const bringUp = (): void => {
    settle();
    requests.reset();
    bytes.reset();
    for (const { coding, status, ...tally } of tallies) {
      if (tally.requests === 0) continue;
      requests.inc({ status, coding }, tally.requests);
      bytes.inc({ status, coding }, tally.bytes);
    }
    const memory = release()?.memory() ?? { hits: 0, misses: 0 };
    for (const [one, value] of [
      [hits, memory.hits],
      [misses, memory.misses],
      [lost, lostRecords()],
    ] as const) {
      one.reset();
      one.inc(value);
    }
  };
  return {
    contentType: registry.contentType,
    answered(answer) {
      const coding = answer.coding === '' ? 0 : answer.coding === 'gzip' ? 1 : 2;
      const tally = tallies[coding * classes + Math.trunc(answer.status / 100)];
      if (tally) {
        tally.requests++;
        tally.bytes += answer.bytes;
      }
      latency.observe(answer.ms / 1000);
    },
    alarm: (code) => {
      alarms.inc({ code });
    },
    cutOff: (why) => {
      cut.inc({ why });
    },
    promoted: () => {
      promotedAt = now();
    },
    text: () => {
      bringUp();
      return registry.metrics();
    },
    values: () => {
      bringUp();
      return registry.getMetricsAsJSON();
    },
  };
}

/** Under the permission model `/proc` cannot be read, and these would say 0; resident memory is told by other means. */
function leaveOutWhatIsUnreadable(registry: Registry): void {
  const unreadable = ['process_open_fds', 'process_max_fds', 'process_virtual_memory_bytes', 'process_heap_bytes'];
  registry.removeSingleMetric('process_resident_memory_bytes');
  if ('permission' in process) for (const name of unreadable) registry.removeSingleMetric(name);
}
