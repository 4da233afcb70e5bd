import { api } from '../../api/index.js';
import { formatAgo } from '../../format.js';
import { channelTitle } from '../../channels.js';
import { useResource } from '../../resource.js';
import { wordOf } from '../../words.js';
import { useDescriptions } from '../studies/descriptions.js';

const COUNT = 6;

/** The studies that changed last, to be taken with one press instead of a UID from elsewhere. */
export function RecentStudiesChoice({
  chosen,
  onChoose,
}: {
  chosen: string;
  onChoose: (uid: string) => void;
}) {
  const { data } = useResource((signal) => api.studies({ limit: COUNT }, signal), [], { topics: ['study'] });
  const studies = data?.items ?? [];
  const { known } = useDescriptions(studies.map(({ studyInstanceUid }) => studyInstanceUid));
  if (studies.length === 0) return null;
  return (
    <div class="row recent-choice" role="group" aria-label="Recent studies">
      <span class="small muted">Recent</span>
      {studies.map((study) => (
        <button
          key={study.studyInstanceUid}
          type="button"
          class="button small wraps"
          title={study.studyInstanceUid}
          aria-pressed={chosen === study.studyInstanceUid}
          onClick={() => onChoose(study.studyInstanceUid)}
        >
          {known.get(study.studyInstanceUid)?.description ?? channelTitle(study.channels[0])}
          <span class="muted">
            {wordOf(study).text.toLowerCase()}, {formatAgo(study.updatedAt)}
          </span>
        </button>
      ))}
    </div>
  );
}
