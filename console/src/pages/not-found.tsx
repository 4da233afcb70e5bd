import { Empty } from '../parts/notice.js';
import { PageHead } from '../parts/page-head.js';

export function NotFoundPage() {
  return (
    <>
      <PageHead title="No such page" />
      <Empty icon="circle" title="The console has no page at this address">
        <p>
          <a href="/">Back to Live</a>
        </p>
      </Empty>
    </>
  );
}
