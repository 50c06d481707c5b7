<?php
// Times PHP's own shm_get_var and shm_put_var: reads one command a line, "get", "put" or "turn",
// and answers with operations a second of processor time. Arguments: key, slots, operations.
[, $key, $slots, $times] = array_map('intval', $argv);
$value = str_repeat('v', 40);
$last = $slots;
$shm = shm_attach($key, 40 + ($slots + 1) * 80, 0600);
for ($slot = 1; $slot <= $slots; $slot++) {
    shm_put_var($shm, $slot, $value);
}
function spent(): float
{
    $used = getrusage();
    return $used['ru_utime.tv_sec'] + $used['ru_stime.tv_sec']
        + ($used['ru_utime.tv_usec'] + $used['ru_stime.tv_usec']) / 1e6;
}
while (($command = fgets(STDIN)) !== false) {
    $begun = spent();
    switch (rtrim($command)) {
        case 'get':
            for ($i = 0; $i < $times; $i++) {
                $got = shm_get_var($shm, $last);
            }
            break;
        case 'put':
            for ($i = 0; $i < $times; $i++) {
                shm_put_var($shm, $last, $value);
            }
            break;
        case 'turn': // each slot in turn: all behind it move
            for ($i = 0; $i < $times; $i++) {
                shm_put_var($shm, $i % $slots + 1, $value);
            }
            break;
    }
    echo $times / (spent() - $begun), "\n";
    flush();
}
shm_remove($shm);
