#!/bin/sh
ls -t $1 | head -$2
