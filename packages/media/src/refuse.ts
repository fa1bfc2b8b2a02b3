import { ChengmenError } from '@chengmen/model';

export function refused(name: string, found: string): ChengmenError {
  return new ChengmenError('file-type-refused', { name, found });
}

export function suspicious(name: string, problem: string): ChengmenError {
  return new ChengmenError('file-suspicious', { name, problem });
}
