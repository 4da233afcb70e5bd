// The part of dcmjs that we use; the package has no types of its own.
declare module 'dcmjs' {
  export interface DcmjsElement {
    readonly vr: string;
    readonly Value: readonly unknown[];
  }

  export interface DicomDict {
    dict: Record<string, DcmjsElement>;
    write(options?: { allowInvalidVRLength?: boolean }): ArrayBuffer;
  }

  const dcmjs: {
    readonly data: {
      readonly DicomDict: new (meta: Record<string, DcmjsElement>) => DicomDict;
      /** By tag, `(gggg,eeee)`. */
      readonly DicomMetaDictionary: {
        readonly dictionary: Readonly<
          Record<string, { readonly name: string; readonly vr: string } | undefined>
        >;
      };
    };
    readonly log: { readonly levels: { readonly SILENT: number }; setLevel(level: number): void };
  };
  export default dcmjs;
}
