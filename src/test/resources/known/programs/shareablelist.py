# A ShareableList, until standard input ends. Prints the target.
import sys
from multiprocessing import shared_memory

items = [7, -3.5, True, None, "Grüße", b"bytes\xff", "", 2**40, "x" * 40]
shared = shared_memory.ShareableList(items)
print("posix:/" + shared.shm.name.lstrip("/"), flush=True)
sys.stdin.read()
shared.shm.close()
shared.shm.unlink()
