import { FailureError } from '../../../shared/failure.ts';
import { storageFailure } from './disk.ts';
import { readLibraryFile } from './layout.ts';
import { openStore, type OpenStore, type StoreOptions } from './store.ts';

/** Opens a library; where its disk has no room even for that, for reading only. Throws FailureError as `openStore` does. */
export async function openReadable(options: StoreOptions): Promise<OpenStore> {
  try {
    return await openStore(options);
  } catch (error) {
    const failure = storageFailure(error, options.path);
    const isFull = failure instanceof FailureError && failure.failure.kind === 'disk-full';
    if (!isFull || options.readOnly === true || readLibraryFile(options.path) === null) throw failure;
    return openStore({ ...options, readOnly: true });
  }
}
