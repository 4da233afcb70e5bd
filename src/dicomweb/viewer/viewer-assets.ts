import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import {
  inlineScriptHashes,
  needsRewrite,
  rewriteIndex,
  rewriteManifest,
  rewriteAsset,
} from './rewrite-base.js';

const compress = promisify(gzip);

/** A script or style sheet as it is sent: plain and compressed. */
export interface RewrittenAsset {
  readonly plain: Buffer;
  readonly gzipped: Buffer;
}

/** The page as it is sent, and the policy sources of its inline assets. */
export interface RewrittenPage {
  readonly html: string;
  readonly inlineScripts: readonly string[];
}

/** Reads OHIF's files, moved to the base path; what has been rewritten once is kept. */
export class ViewerAssets {
  private page: Promise<RewrittenPage> | undefined;
  private readonly assets = new Map<string, Promise<RewrittenAsset | undefined>>();

  constructor(
    private readonly folder: string,
    private readonly basePath: string,
  ) {}

  /** The page; rejects while the viewer is not installed, and looks again at the next call. */
  index(): Promise<RewrittenPage> {
    this.page ??= this.readIndex().catch((error: unknown) => {
      this.page = undefined;
      throw error;
    });
    return this.page;
  }

  /** A script or style sheet that must be rewritten, or undefined when the file is absent or can be sent as it is. */
  asset(name: string): Promise<RewrittenAsset | undefined> {
    const known = this.assets.get(name) ?? this.readAsset(name);
    this.assets.set(name, known);
    // Absent files are not remembered: anyone may ask for any name.
    known.then(
      (asset) => asset ?? this.assets.delete(name),
      () => this.assets.delete(name),
    );
    return known;
  }

  /** The web app manifest. */
  async manifest(): Promise<string> {
    return rewriteManifest(await readFile(join(this.folder, 'manifest.json'), 'utf8'), this.basePath);
  }

  private async readIndex(): Promise<RewrittenPage> {
    const html = rewriteIndex(await readFile(join(this.folder, 'index.html'), 'utf8'), this.basePath);
    return { html, inlineScripts: inlineScriptHashes(html) };
  }

  private async readAsset(name: string): Promise<RewrittenAsset | undefined> {
    const text = await readFile(join(this.folder, name), 'utf8').catch(() => undefined);
    if (text === undefined || !needsRewrite(name, text)) return undefined;
    const plain = Buffer.from(rewriteAsset(name, text, this.basePath));
    return { plain, gzipped: await compress(plain) };
  }
}
