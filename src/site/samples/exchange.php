<?php
$shm = shm_attach(intval($argv[1], 0));
echo 'PHP found: ', shm_get_var($shm, 1), "\n";

shm_put_var($shm, 4, 'Hello from PHP');
shm_put_var($shm, 5, ['sum' => array_sum(shm_get_var($shm, 2)), 'from' => 'PHP ' . PHP_VERSION]);
shm_put_var($shm, 6, shm_get_var($shm, 3)); // a Java record, handed on unread

shm_remove($shm); // gone once Java has detached
