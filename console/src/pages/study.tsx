import { useState } from 'preact/hooks';
import { useRoute } from 'preact-iso';
import { api, type Study } from '../api/index.js';
import { Channels, StudyBadge } from '../parts/badge.js';
import { Loading, Notice, ProblemNotice } from '../parts/notice.js';
import { PageHead } from '../parts/page-head.js';
import { Ago } from '../parts/time.js';
import { CopyButton } from '../parts/uid.js';
import { formatSeconds, shortUid } from '../format.js';
import { useResource } from '../resource.js';
import { wordOf } from '../words.js';
import { Evidence } from './study/evidence.js';
import { Facts } from './study/facts.js';
import { Preview } from './study/preview.js';
import { Results } from './study/results.js';
import { StudyActions } from './study/actions.js';
import { Timeline } from './study/timeline.js';
import { useDescriptions } from './studies/descriptions.js';
import { waited } from './studies/table.js';

/** Everything known of one study: what was found, why it was routed so, what happened when. */
export function StudyPage() {
  const uid = useRoute().params.uid ?? '';
  const {
    data: read,
    problem,
    reload,
  } = useResource((signal) => api.study(uid, signal), [uid], {
    topics: ['study'],
    seconds: 20,
  });
  // What was read of another study is not shown under this one's name.
  const data = read?.studyInstanceUid === uid ? read : undefined;
  return (
    <>
      <PageHead
        crumb={<a href="/studies">Studies</a>}
        tab={`Study ${shortUid(uid)}`}
        title={
          <>
            Study <span class="mono study-uid">{uid}</span> <CopyButton text={uid} what="StudyInstanceUID" />
          </>
        }
        actions={data && <StudyActions study={data} onDone={reload} />}
      />
      <div class="notices">
        <ProblemNotice problem={problem} retry={reload} />
        {data && <Failed study={data} />}
      </div>
      {data === undefined && !problem && <Loading what="the study" />}
      {data && <Body study={data} />}
    </>
  );
}

function Body({ study }: { study: Study }) {
  const current = study.units.filter(({ outcome }) => outcome !== 'superseded');
  const [chosen, setChosen] = useState(0);
  const unit = Math.min(chosen, Math.max(0, current.length - 1));
  return (
    <>
      <p class="study-line" role="status">
        <StudyBadge study={study} />
        <span class="muted">{wordOf(study).meaning}</span>
        <Channels channels={[...new Set(current.flatMap(({ channel }) => channel ?? []))]} />
        <span class="muted">{timesOf(study)}</span>
      </p>
      <WhichStudy uid={study.studyInstanceUid} />
      <div class="grid">
        <Preview study={study} units={current} unit={unit} onUnit={setChosen} />
        <div class="span-5 column">
          <Evidence unit={current[unit]} study={study} />
          <Facts study={study} />
        </div>
        <Results units={study.units} />
        <Timeline study={study} />
      </div>
    </>
  );
}

/** Waiting and work told apart: a study that waited for eight minutes was not slow to process. */
function timesOf(study: Study): string {
  if (study.seconds === undefined) return '';
  const waiting = waited(study);
  if (waiting === undefined) return `${formatSeconds(study.seconds)} from arrival to result`;
  return `waited ${formatSeconds(waiting)}, work took ${formatSeconds(study.workSeconds)}`;
}

/** What the archive says of the study, read now. */
function WhichStudy({ uid }: { uid: string }) {
  const { known, loading } = useDescriptions([uid]);
  const {
    modalities = [],
    studyDate,
    description,
    station,
    accessionNumber,
    patientId,
  } = known.get(uid) ?? {};
  const parts = [
    description,
    modalities.join(', '),
    studyDate,
    station,
    accessionNumber && `accession ${accessionNumber}`,
    patientId && `patient ${patientId}`,
  ].filter(Boolean);
  if (loading) return <p class="skeleton" aria-hidden="true" />;
  return parts.length > 0 ? <p class="study-line">{parts.join(' · ')}</p> : null;
}

/** Why the last try failed, and what becomes of the study now. */
function Failed({ study }: { study: Study }) {
  const { error } = study;
  // Where only a display unit failed there is no error of the study.
  if (!error && !study.quarantined && !study.discarded) return null;
  return (
    <Notice tone={study.quarantined ? 'bad' : 'warn'}>
      <p>
        <strong>{error?.message ?? 'A display unit could not be processed'}</strong>{' '}
        {error && <span class="small faint">{error.code}</span>}
      </p>
      <p>{error?.advice ?? '“Why this result” tells the reasons of each.'}</p>
      <WhatFollows study={study} />
    </Notice>
  );
}

function WhatFollows({ study }: { study: Study }) {
  if (study.state === 'retrying') {
    return <p>Another try follows by itself; this was number {study.attempts}.</p>;
  }
  // Until the next try has ended, the error is that of the one before.
  if (study.state === 'queued') return <p>Another try waits in the queue.</p>;
  if (study.state === 'running') return <p>Another try goes on now.</p>;
  if (study.quarantined) {
    return (
      <p>
        It waits in <a href="/quarantine">quarantine</a> until somebody replays or discards it.
      </p>
    );
  }
  if (study.discarded) {
    return (
      <p>
        Discarded from quarantine <Ago at={study.discarded.at} />, by {study.discarded.actor}: it stays
        without a result. “Reprocess” brings it back.
      </p>
    );
  }
  return null;
}
