/** Shown while the viewer's files are not installed. */
export const MISSING_PAGE = `<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <title>Viewer not installed</title>
  <h1>The viewer is not installed</h1>
  <p>Run <code>scripts/install-viewer</code> in the project folder; it fetches OHIF once. Then load this page again.</p>
  <p>Studies are processed without it.</p>
</html>
`;
