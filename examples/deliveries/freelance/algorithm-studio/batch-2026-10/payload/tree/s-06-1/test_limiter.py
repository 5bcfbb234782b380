from limiter import TokenBucket


def test_burst_then_rate():
    now = [0.0]
    bucket = TokenBucket(rate=2, burst=3, clock=lambda: now[0])
    assert [bucket.allow() for _ in range(4)] == [True, True, True, False]
    now[0] = 0.5
    assert [bucket.allow(), bucket.allow()] == [True, False]
    now[0] = 60
    assert [bucket.allow() for _ in range(4)] == [True, True, True, False]
