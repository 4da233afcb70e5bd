import { useState } from 'preact/hooks';
import { api, type StudySummary } from '../../api/index.js';
import { formatSeconds } from '../../format.js';
import { Channels, StudyBadge } from '../../parts/badge.js';
import { Icon } from '../../parts/icon.js';
import { Empty, Loading, ProblemNotice } from '../../parts/notice.js';
import { Ago } from '../../parts/time.js';
import { useResource } from '../../resource.js';
import { previewAddress } from '../../preview.js';

/** The studies that changed last, each with a picture of what was found. */
export function RecentStudies() {
  const { data, problem } = useResource((signal) => api.studies({ limit: 6 }, signal), [], {
    topics: ['study'],
    seconds: 30,
  });
  return (
    <section class="card span-12" aria-labelledby="recent-title">
      <header>
        <h2 id="recent-title">Last studies</h2>
        <a href="/studies">All studies</a>
      </header>
      <ProblemNotice problem={problem} />
      {data === undefined && !problem && <Loading what="studies" />}
      {data?.items.length === 0 && (
        <Empty icon="inbox" title="No study yet">
          <p>
            Send one to <code>{location.origin}/dicom-web/studies</code> (STOW-RS), or store it in the
            archive: it appears here by itself. <a href="/doctor">Doctor</a> can send a phantom through the
            whole chain.
          </p>
        </Empty>
      )}
      {data && data.items.length > 0 && (
        <ul class="recent">
          {data.items.map((study) => (
            <li key={study.studyInstanceUid}>
              <RecentStudy study={study} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function RecentStudy({ study }: { study: StudySummary }) {
  return (
    <a class="recent-study" href={`/studies/${study.studyInstanceUid}`}>
      <Thumbnail study={study} />
      <span class="recent-text">
        <Channels channels={study.channels} />
        <span>
          <StudyBadge study={study} />
        </span>
        <span class="small faint">
          <span class="hidden">Study {study.studyInstanceUid}, </span>
          {study.workSeconds ? `work ${formatSeconds(study.workSeconds)} · ` : ''}
          <Ago at={study.updatedAt} />
        </span>
      </span>
    </a>
  );
}

/** The picture with the outline of what was found. Where there is none, an empty frame of the same size. */
function Thumbnail({ study }: { study: StudySummary }) {
  const [missing, setMissing] = useState<string>();
  // A run that ended since has another picture.
  const address =
    study.state === 'done' && study.units > 0
      ? previewAddress(
          study.studyInstanceUid,
          { unit: 0, frame: 1, width: 400, overlay: 'outline' },
          study.updatedAt,
        )
      : undefined;
  if (address === undefined || missing === address) {
    return (
      <span class="thumbnail">
        <Icon name={study.state === 'running' ? 'spinner' : 'image'} size={24} />
      </span>
    );
  }
  return (
    <span class="thumbnail">
      <img src={address} alt="" loading="lazy" onError={() => setMissing(address)} />
    </span>
  );
}
