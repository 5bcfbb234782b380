      subroutine words(n, x, y, total)
      integer n, i
      double precision x(n), y(n), total
      total = 0.0d0
      do 10 i = 1, n
         if (x(i) .gt. y(i)) then
            total = total + x(i)*y(i)
         else
            total = total - dsqrt(y(i)) / 3.0d0
         endif
   10 continue
      write(*, *) 'total', total
      return
      end
