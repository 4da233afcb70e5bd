import { api, type Finding } from '../api/index.js';
import { Badge } from '../parts/badge.js';
import { Icon } from '../parts/icon.js';
import { Empty, Loading, Notice, ProblemNotice } from '../parts/notice.js';
import { PageHead } from '../parts/page-head.js';
import { Ago } from '../parts/time.js';
import { health } from '../health.js';
import { useResource } from '../resource.js';
import { plural, type Word } from '../words.js';
import { SelfTest } from './doctor/self-test.js';

/** Is it set up rightly? Each finding names what to change. */
export function DoctorPage() {
  const { data, problem, loading, reload } = useResource((signal) => api.doctor(signal), []);
  return (
    <>
      <PageHead
        title="Doctor"
        actions={
          <button type="button" class="button" onClick={reload} aria-disabled={loading}>
            <Icon name={loading ? 'spinner' : 'retry'} />
            {loading ? 'Examining …' : 'Examine again'}
          </button>
        }
      >
        Looks at the archive, Redis, the workers, the model and this machine, and says what to change.
      </PageHead>
      <div class="notices">
        <ProblemNotice problem={problem} retry={reload} />
        {data && <Verdict checks={data.checks} at={data.at} />}
      </div>
      {data === undefined && problem && <Parts />}
      {data === undefined && !problem && <Loading what="the findings; this takes some seconds" />}
      <div class="grid">
        {data && <Findings checks={data.checks} />}
        <SelfTest />
      </div>
    </>
  );
}

/** What is known without the whole examination: it needs to know who asks, and Redis keeps the sessions. */
function Parts() {
  const parts = health.value?.parts ?? [];
  if (parts.length === 0) return null;
  return (
    <section class="card flush" aria-labelledby="parts-title">
      <header>
        <h2 id="parts-title">What is known now</h2>
      </header>
      <ul class="findings">
        {parts.map(({ id, status, found, advice }) => (
          <li key={id}>
            <Badge word={PARTS[status]} />
            <div>
              <h3>{found}</h3>
              {advice && (
                <p>
                  <strong>Do:</strong> {advice}
                </p>
              )}
            </div>
          </li>
        ))}
      </ul>
      <p class="small muted parts-more">
        The whole examination also runs on the command line, without a session: <code>esp-medsam doctor</code>
      </p>
    </section>
  );
}

function Verdict({ checks, at }: { checks: readonly Finding[]; at: string | undefined }) {
  const failed = checks.filter(({ status }) => status === 'fail').length;
  const warned = checks.filter(({ status }) => status === 'warn').length;
  const tone = failed > 0 ? 'bad' : warned > 0 ? 'warn' : 'good';
  const text =
    failed + warned === 0
      ? 'All is well.'
      : [failed > 0 && plural(failed, 'fault'), warned > 0 && plural(warned, 'warning')]
          .filter(Boolean)
          .join(', ') + '.';
  return (
    <Notice tone={tone} role="status">
      <p>
        <strong>{text}</strong>{' '}
        <span class="muted">
          {plural(checks.length, 'check')}
          {at && (
            <>
              , <Ago at={at} />
            </>
          )}
        </span>
      </p>
    </Notice>
  );
}

const WORDS: Readonly<Record<Finding['status'], Word>> = {
  fail: { text: 'Fault', tone: 'bad', icon: 'cross', meaning: 'Studies are not processed or not kept.' },
  warn: { text: 'Warning', tone: 'warn', icon: 'warning', meaning: 'Works, but will surprise somebody.' },
  ok: { text: 'Well', tone: 'good', icon: 'check', meaning: '' },
  skipped: {
    text: 'Not asked',
    tone: 'quiet',
    icon: 'slash',
    meaning: 'Could not be asked, or is not needed here.',
  },
};
const PARTS = { down: WORDS.fail, warn: WORDS.warn, ok: WORDS.ok, unknown: WORDS.skipped };
const ORDER = Object.keys(WORDS);

function Findings({ checks }: { checks: readonly Finding[] }) {
  const sorted = [...checks].sort((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status));
  const urgent = sorted.filter(isUrgent);
  const rest = sorted.filter((check) => !isUrgent(check));
  return (
    <section class="card flush span-8 top" aria-labelledby="findings-title">
      <header>
        <h2 id="findings-title">Findings</h2>
      </header>
      {urgent.length === 0 && <Empty icon="check" title="Nothing needs attention" />}
      <List checks={urgent} />
      <details class="rest">
        <summary>{plural(rest.length, 'check')} without a fault</summary>
        <List checks={rest} />
      </details>
    </section>
  );
}

function List({ checks }: { checks: readonly Finding[] }) {
  if (checks.length === 0) return null;
  return (
    <ul class="findings">
      {checks.map((check) => (
        <li key={check.id}>
          <Badge word={WORDS[check.status]} />
          <div>
            {isUrgent(check) ? (
              <>
                <h3>{check.found}</h3>
                <p class="muted small">
                  Asked: {check.title.charAt(0).toLowerCase() + check.title.slice(1)}?
                </p>
              </>
            ) : (
              <>
                <h3>{check.title}</h3>
                <p class="muted">{check.found}</p>
              </>
            )}
            {check.advice && (
              <p>
                <strong>{isUrgent(check) ? 'Do:' : 'Hint:'}</strong> {check.advice}
              </p>
            )}
            {check.setting && (
              <p>
                <strong>Setting:</strong> <code>{check.setting}</code>
              </p>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

const isUrgent = ({ status }: Finding) => status === 'fail' || status === 'warn';
